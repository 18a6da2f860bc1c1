package dev.afterbay.transforms.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
  @ParameterizedTest
  @CsvSource({
    "E-commerce-Data, e_commerce_data",
    "TaskApp, task_app",
    "orders, orders",
    "ORDERS, orders",
    "orderHTTPLog, order_http_log",
    "prod.orders-v2, prod_orders_v2",
    "a__B--c, a_b_c",
    "Table1Name, table1_name",
    "my_table, my_table",
    "_hidden, t_hidden",
    "..., t_",
  })
  void theFolderIsTheNameInLowerSnakeCase(String name, String folder) {
    assertThat(new TableName(name).folder()).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "a b", "a/b", "täble", "a\nb"})
  void whatDynamoDbWouldNotTakeIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableName(name))
        .withMessageContaining("Not a DynamoDB table name: '" + name + "'");
  }
}
