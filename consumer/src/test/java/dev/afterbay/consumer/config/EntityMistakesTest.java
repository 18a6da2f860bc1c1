package dev.afterbay.consumer.config;

import static dev.afterbay.consumer.config.EntityMistakes.more;
import static dev.afterbay.consumer.config.EntityMistakes.problems;
import static dev.afterbay.consumer.config.EntityMistakes.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EntityMistakesTest {
  private static final String ORDERS = "tables[0].entities[0]";

  @TempDir Path dir;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // names
        wrong(
            "      - name: orders\n        match:",
            "      - match:",
            "8:9: '" + ORDERS + ".name' is missing; add for example 'name: orders'"),
        wrong(
            "name: orders",
            "name: Orders",
            "8:15: '"
                + ORDERS
                + ".name': 'Orders' is not the name of an entity (a lower-case letter, then up to"
                + " 99 lower-case letters, digits, '_'); write for example orders"),
        wrong(
            "name: orders",
            "name: changes",
            "8:15: '"
                + ORDERS
                + ".name': 'changes' is or could become the name of one of Afterbay's own tables"
                + " or views; choose another one, such as orders"),
        wrong(
            "name: orders",
            "name: orders_current",
            "8:15: '"
                + ORDERS
                + ".name': 'orders_current' is or could become the name of one of Afterbay's own"
                + " tables or views; choose another one, such as orders"),
        wrong(
            "name: orders\n        match:",
            "name: orders_as_of\n        match:",
            "8:15: '"
                + ORDERS
                + ".name': 'orders_as_of' is or could become the name of one of Afterbay's own"
                + " tables or views; choose another one, such as orders"),
        wrong(
            "name: orders\n        match:",
            "name: orders_changes\n        match:",
            "8:15: '"
                + ORDERS
                + ".name': 'orders_changes' is also what Afterbay's own table of 'Orders'"
                + " (afterbay.yaml:5:11) is called in a catalog; choose another name"),
        more(
            "  - { name: TaskApp, entities: [ { name: x } ] }\n"
                + "  - { name: Other, entities: [ { name: task_app_gaps } ] }",
            "13:40: 'tables[2].entities[0].name': 'task_app_gaps' is also what Afterbay's own table"
                + " of 'TaskApp' (afterbay.yaml:12:13) is called in a catalog; choose another"
                + " name"),
        more(
            "  - { name: Other, entities: [ { name: orders } ] }",
            "12:40: 'tables[1].entities[0].name': 'orders' is the name of another entity (line 8);"
                + " names are unique over all tables, so choose another one"),
        // templates
        wrong(
            "USER#{user_id}",
            "USER#{}",
            "9:22: '"
                + ORDERS
                + ".match.PK': the template 'USER#{}' has a capture without a name; write for"
                + " example {user_id}"),
        wrong(
            "USER#{user_id}",
            "USER#{user_id",
            "9:22: '"
                + ORDERS
                + ".match.PK': the template 'USER#{user_id' has a '{' that is not closed; close the"
                + " capture with '}', or write '{{' for the character itself"),
        wrong(
            "USER#{user_id}",
            "{kind}{user_id}",
            "9:22: '"
                + ORDERS
                + ".match.PK': the template '{kind}{user_id}' has two captures side by side; put"
                + " the text between them that parts them, or make them one"),
        wrong(
            "\"USER#{user_id}\"",
            "[USER]",
            "9:22: '" + ORDERS + ".match.PK' must be a single value, not a list"),
        wrong(
            "\"USER#{user_id}\"",
            "",
            "9:21: '" + ORDERS + ".match.PK' must be a single value, not nothing"),
        wrong(
            "match: { PK: \"USER#{user_id}\", SK: \"ORDER#{order_id}\" }",
            "match: USER",
            "9:16: '"
                + ORDERS
                + ".match' must be a mapping of keys to values, not the value 'USER'"),
        more(
            "        capture: { GSI1PK: STATUS }",
            "12:28: '"
                + ORDERS
                + ".capture.GSI1PK': 'STATUS' captures nothing; write a capture, such as"
                + " STATUS#{status}, or take it away"),
        more(
            "        delimiter: '##'",
            "12:20: '"
                + ORDERS
                + ".delimiter': '##' is not one character that may part a key; write for example"
                + " \"|\""),
        // conditions
        wrong(
            "type: order",
            "type: []",
            "11:24: '"
                + ORDERS
                + ".where.type': the list is empty, and no item would do; write at least one value"),
        wrong(
            "type: order",
            "type: [a, 007]",
            "11:28: '"
                + ORDERS
                + ".where.type[1]': '007' could be a text or a number; put a text into quotes, and"
                + " write a number as decimal digits"),
        wrong(
            "type: order",
            "type: yes",
            "11:24: '"
                + ORDERS
                + ".where.type': 'yes' could be a text or a truth value; put a text into quotes,"
                + " and write a truth value as true or false"),
        wrong(
            "type: order",
            "type: { a: b }",
            "11:24: '" + ORDERS + ".where.type' must be a single value, not a mapping"),
        // columns
        wrong(
            "decimal(12,2)",
            "money",
            "10:27: '"
                + ORDERS
                + ".columns.Total': Not a column type: 'money', at character 1: there is no type"
                + " 'money'. Types are string, boolean, int, bigint, double, decimal(p,s), date,"
                + " binary, timestamp, timestamp(millis-iso), timestamp(local), timestamp(seconds),"
                + " timestamp(millis), array<T>, set<T>, map<string,T>, struct<name: T, …>, json"),
        wrong(
            "Total:",
            "Address: string, Total:",
            "10:59: '" + ORDERS + ".columns.Address' is given twice (first in line 10); keep one"),
        wrong(
            "Total:",
            "address: string, Total:",
            "10:68: '"
                + ORDERS
                + ".columns.Address': the column of 'Address' would be a second column 'Address'"
                + " beside the column of 'address' (line 10), and Athena does not tell upper from"
                + " lower case; take it away, and the attribute is in cdc_extra"),
        wrong(
            "Total:",
            "User_Id:",
            "10:29: '"
                + ORDERS
                + ".columns.User_Id': the column of 'User_Id' would be a second column 'User_Id'"
                + " beside the capture 'user_id' (line 9), and Athena does not tell upper from"
                + " lower case; take it away, and the attribute is in cdc_extra"),
        wrong(
            "{order_id}",
            "{USER_ID}",
            "9:44: '"
                + ORDERS
                + ".match.SK': the capture 'USER_ID' would be a second column 'USER_ID' beside the"
                + " capture 'user_id' (line 9), and Athena does not tell upper from lower case; give"
                + " the capture another name"),
        wrong(
            "Total:",
            "cdc_total:",
            "10:31: '"
                + ORDERS
                + ".columns.cdc_total': the column of 'cdc_total': A column cannot be called"
                + " 'cdc_total': cdc_… are those of Afterbay; take it away, and"
                + " the attribute is in cdc_extra"),
        wrong(
            "{order_id}",
            "{dt}",
            "9:44: '"
                + ORDERS
                + ".match.SK': the capture 'dt': A column cannot be called 'dt': the partitions are"
                + " called dt and hh; give the capture another name"),
        more(
            "        schema: orders.avsc",
            "12:9: '"
                + ORDERS
                + ".schema': there is 'columns' too; keep one of them, since both declare the"
                + " columns"),
        wrong(
            "columns: { Total: decimal(12,2), Address: struct<city: string, zip: string> }",
            "schema: absent.avsc",
            "10:17: '"
                + ORDERS
                + ".schema': there is no file absent.avsc; the path starts at the configuration"
                + " file's folder"),
        wrong(
            "columns: { Total: decimal(12,2), Address: struct<city: string, zip: string> }",
            "schema: broken.avsc",
            "10:17: '"
                + ORDERS
                + ".schema': the file broken.avsc: Not an Avro schema: A schema \"type\" MUST be"
                + " a primitive type or one of \"enum\", \"fixed\", \"record\", \"error\","
                + " \"array\" or \"map\"."),
        wrong(
            "columns: { Total: decimal(12,2), Address: struct<city: string, zip: string> }",
            "schema: clash.avsc",
            "10:17: '"
                + ORDERS
                + ".schema': the column of 'USER_id' would be a second column 'USER_id' beside the"
                + " capture 'user_id' (line 9), and Athena does not tell upper from lower case;"
                + " take it away, and the attribute is in cdc_extra"),
        // what an attribute is
        more(
            "        capture: { Total: \"T{total_text}\" }",
            "10:20: '"
                + ORDERS
                + ".columns.Total': 'Total' is captured already (line 12); an attribute is matched,"
                + " captured, omitted or a column, so keep one of the two"),
        more(
            "        omit: [Note, Total]",
            "10:20: '"
                + ORDERS
                + ".columns.Total': 'Total' is omitted already (line 12); an attribute is matched,"
                + " captured, omitted or a column, so keep one of the two"),
        more(
            "        omit: PK",
            "12:9: '"
                + ORDERS
                + ".omit': 'PK' is matched already (line 9); an attribute is matched, captured,"
                + " omitted or a column, so keep one of the two"),
        more(
            "        infer: no",
            "12:16: '" + ORDERS + ".infer': 'no' is not true or false; write one of them"),
        more(
            "        colums: {}",
            "12:9: '"
                + ORDERS
                + ".colums' is not a known key; did you mean '"
                + ORDERS
                + ".columns'?"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsReportedWithItsPlaceAndTheWayOut(String yaml, String problem) throws IOException {
    assertThat(problems(dir, yaml)).containsExactly("afterbay.yaml:" + problem);
  }
}
