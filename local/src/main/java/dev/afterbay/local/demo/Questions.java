package dev.afterbay.local.demo;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.ordering.ChangeOrder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The questions that the demo asks about its own workload. */
final class Questions {
  private static final TableName SHOP = new TableName("E-commerce-Data");
  private static final TableName TASKS = new TableName("TaskApp");

  private Questions() {}

  /** The relation that holds a table's changes. */
  static String changes(TableName table) {
    return table.folder() + "_changes";
  }

  static List<Question> all() {
    return List.of(
        new Question("Changes by operation", changesByOperation()),
        new Question("The life of order o1001, in order", lifeOfAnOrder()),
        new Question("What the users who signed up have ordered", ordersOfUsers()),
        new Question("The products as they are now", currentProducts()),
        new Question("The current tasks of user u123", currentTasks()),
        new Question("Sessions that time-to-live removed", removedByTtl()),
        new Question("The typed tables against the raw changes", typedAgainstRaw()));
  }

  private static String changesByOperation() {
    return """
        SELECT '%s' AS table_name, cdc_op, count(*) AS changes FROM %s GROUP BY cdc_op
        UNION ALL
        SELECT '%s' AS table_name, cdc_op, count(*) AS changes FROM %s GROUP BY cdc_op
        ORDER BY table_name, cdc_op
        """
        .formatted(SHOP, changes(SHOP), TASKS, changes(TASKS));
  }

  private static String lifeOfAnOrder() {
    return """
        SELECT cdc_op, Status, Total, CreatedAt, PaidAt, ShippedAt, len(Lines) AS lines
        FROM orders
        WHERE user_id = 'ada' AND order_id = 'o1001'
        ORDER BY %s
        """
        .formatted(ChangeOrder.sqlOrderBy());
  }

  private static String ordersOfUsers() {
    return """
        SELECT u.Name, count(*) AS orders, sum(o.Total) AS total
        FROM orders_current AS o JOIN user_profiles_current AS u ON u.user_id = o.user_id
        GROUP BY u.Name
        ORDER BY u.Name
        """;
  }

  private static String currentProducts() {
    return """
        SELECT product_id, Title, Price, Stock, array_to_string(Tags, ', ') AS tags
        FROM products_current
        ORDER BY product_id
        """;
  }

  private static String currentTasks() {
    return """
        SELECT task_id, Title, Status, Due, Version
        FROM tasks_current
        WHERE user_id = 'u123'
        ORDER BY task_id
        """;
  }

  private static String removedByTtl() {
    return """
        SELECT user_id, session_id, Device, ExpiresAt
        FROM sessions_removed
        WHERE cdc_ttl
        ORDER BY %s
        """
        .formatted(ChangeOrder.sqlOrderBy());
  }

  private static String typedAgainstRaw() {
    return Stream.of(
            count("orders", SHOP, "SK LIKE 'ORDER#%'"),
            count("products", SHOP, "SK = 'DETAILS'"),
            count("tasks", TASKS, "SK LIKE 'TASK#%'"),
            count("user_profiles", SHOP, "SK = 'PROFILE'"))
        .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY typed_table"));
  }

  private static String count(String entity, TableName table, String condition) {
    return """
        SELECT '%s' AS typed_table,
               (SELECT count(*) FROM %s) AS typed_rows,
               (SELECT count(*) FROM %s WHERE %s) AS raw_rows
        """
        .formatted(entity, entity, changes(table), condition);
  }

  /** A question in words and in SQL. */
  record Question(String title, String sql) {}
}
