package dev.afterbay.transforms.change;

/**
 * The name of a DynamoDB table.
 *
 * @param value 3 to 255 letters, digits, {@code _ . -}
 */
public record TableName(String value) implements Comparable<TableName> {
  /** Checks DynamoDB's own rule for table names. */
  public TableName {
    if (!value.matches("[A-Za-z0-9_.-]{3,255}")) {
      throw new IllegalArgumentException(
          "Not a DynamoDB table name: '" + value + "' (3 to 255 letters, digits, '_', '.', '-')");
    }
  }

  /**
   * The table's name in the lake: lower snake case, as {@code E-commerce-Data} becomes {@code
   * e_commerce_data} and {@code TaskApp} becomes {@code task_app}. A {@code t} stands before what
   * would begin with an underscore, since Athena hides that.
   */
  public String folder() {
    String snake = LowerSnake.of(value);
    return snake.startsWith("_") ? "t" + snake : snake;
  }

  @Override
  public int compareTo(TableName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
