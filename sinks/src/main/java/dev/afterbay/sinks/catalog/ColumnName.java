package dev.afterbay.sinks.catalog;

import dev.afterbay.transforms.change.TableName;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which names can be columns in Athena. Those of key attributes are not ours to choose. */
final class ColumnName {
  private static final Pattern USABLE = Pattern.compile("[\\p{L}\\p{N}_@#$/=+-]{1,255}");

  private ColumnName() {}

  static Optional<String> problem(TableName source, String name) {
    return USABLE.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "The key attribute '"
                + name
                + "' of table '"
                + source
                + "' cannot be a column in Athena, where letters, digits and _@#$/=+-"
                + " can. The lake is complete all the same: write 'catalog: none', and"
                + " ask it by afterbay query or another engine that reads Parquet");
  }
}
