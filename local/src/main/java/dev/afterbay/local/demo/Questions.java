package dev.afterbay.local.demo;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.ordering.ChangeOrder;
import java.util.List;

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
        new Question("The current tasks of user u123", currentTasks()),
        new Question("Removed by time-to-live", removedByTtl()));
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
        SELECT cdc_op,
               json_extract_string(old_image, '$.Status.S') AS status_before,
               json_extract_string(new_image, '$.Status.S') AS status_after,
               json_extract_string(new_image, '$.Total.N') AS total,
               cdc_seq
        FROM %s
        WHERE PK = 'USER#ada' AND SK = 'ORDER#o1001'
        ORDER BY %s
        """
        .formatted(changes(SHOP), ChangeOrder.sqlOrderBy());
  }

  private static String currentTasks() {
    return """
        SELECT SK AS task,
               json_extract_string(new_image, '$.Title.S') AS title,
               json_extract_string(new_image, '$.Status.S') AS status,
               json_extract_string(new_image, '$.Version.N') AS version
        FROM (
          SELECT *, row_number() OVER (
            PARTITION BY PK, SK ORDER BY %s) AS age
          FROM %s
          WHERE PK = 'USER#u123' AND SK LIKE 'TASK#%%')
        WHERE age = 1 AND cdc_op <> 'REMOVE'
        ORDER BY task
        """
        .formatted(ChangeOrder.sqlOrderByNewestFirst(), changes(TASKS));
  }

  private static String removedByTtl() {
    return """
        SELECT PK, SK, json_extract_string(old_image, '$.Device.S') AS device
        FROM %s
        WHERE cdc_ttl
        ORDER BY %s
        """
        .formatted(changes(TASKS), ChangeOrder.sqlOrderBy());
  }

  /** A question in words and in SQL. */
  record Question(String title, String sql) {}
}
