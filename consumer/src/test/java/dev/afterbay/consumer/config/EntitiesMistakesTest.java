package dev.afterbay.consumer.config;

import static dev.afterbay.consumer.config.EntityMistakes.GOOD;
import static dev.afterbay.consumer.config.EntityMistakes.more;
import static dev.afterbay.consumer.config.EntityMistakes.problems;
import static dev.afterbay.consumer.config.EntityMistakes.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EntitiesMistakesTest {
  private static final String ORDERS = "tables[0].entities[0]";

  @TempDir Path dir;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        more(
            "      - { name: sales, match: { PK: \"{kind}#{id}\", SK: \"{rest*}\" } }",
            "12:31: 'tables[0].entities[1].match': 'sales' takes items that 'orders'"
                + " (afterbay.yaml:9:16) takes too, such as PK: \"USER#1\", SK: \"ORDER#1\", type:"
                + " \"order\"; make one template narrower, or part them by 'where'"),
        more(
            "      - { name: sales }",
            "12:9: 'tables[0].entities[1].match': 'sales' takes items that 'orders'"
                + " (afterbay.yaml:9:16) takes too, such as PK: \"USER#1\", SK: \"ORDER#1\", type:"
                + " \"order\"; make one template narrower, or part them by 'where'"),
        more(
            mirror("ordres", "\"O#{order_id}\", SK: \"U#{user_id}\""),
            "12:86: 'tables[0].entities[1].mirror-of': this table has no entity 'ordres'; did you"
                + " mean 'orders'?"),
        more(
            mirror("mirror", "\"O#{order_id}\", SK: \"U#{user_id}\""),
            "12:86: 'tables[0].entities[1].mirror-of': 'mirror' is this entity itself; name the one"
                + " whose items these repeat"),
        more(
            mirror("orders", "\"O#{order_id}\", SK: \"U#{user}\""),
            "12:83: 'tables[0].entities[1].mirror-of': the keys of a mirror capture the same as"
                + " those of its original; here they capture [order_id, user], in 'orders'"
                + " [order_id, user_id]"),
        more(
            mirror("orders, columns: { At: date }", "\"O#{order_id}\", SK: \"U#{user_id}\""),
            "12:94: 'tables[0].entities[1].columns': a mirror has no table of its own; take"
                + " 'columns' away, or 'mirror-of'"),
        more(
            mirror("orders", "\"O#{order_id}\", SK: \"U#{user_id}\"")
                + "\n      - { name: third, match: { PK: \"X#{a}\" }, mirror-of: mirror }",
            "13:59: 'tables[0].entities[2].mirror-of': 'mirror' is a mirror itself; name the entity"
                + " that has the table"),
        // protection
        more(
            "    protect: { Email: hide }",
            "12:23: 'tables[0].protect.Email': 'hide' is none of drop, hash, mask; write one of"
                + " them"),
        more(
            "    protect: { Email: hesh }",
            "12:23: 'tables[0].protect.Email': 'hesh' is none of drop, hash, mask; did you mean"
                + " 'hash'?"),
        Arguments.of(
            GOOD.replace("protect-key: env:HASH_KEY", "protect: [Email]"),
            "6:14: 'tables[0].protect' must be a mapping of keys to values, not a list"),
        more(
            "      - sales",
            "12:9: 'tables[0].entities[1]' must be a mapping of keys to values, not the value"
                + " 'sales'"),
        more(
            "      - { name: sales, where: [] }",
            "12:31: 'tables[0].entities[1].where' must be a mapping of keys to values, not a list"),
        more(
            "    protect: { PK: mask }",
            "9:18: '"
                + ORDERS
                + ".match.PK': 'PK' is in 'protect', and what is left of it tells no entities"
                + " apart; take it from one of the two"),
        more(
            "    protect: { type: hash }",
            "11:18: '"
                + ORDERS
                + ".where.type': 'type' is in 'protect', and what is left of it equals no value;"
                + " take it from one of the two"),
        more(
            "    protect: { Total: hash }",
            "10:27: '"
                + ORDERS
                + ".columns.Total': 'Total' is hashed by 'protect' and so always a text; write"
                + " string"),
        more(
            "    protect: { Total: drop }",
            "10:27: '"
                + ORDERS
                + ".columns.Total': 'Total' is dropped by 'protect'; take the column away"),
        more(
            "        capture: { GSI1PK: \"S#{s}\" }\n    protect: { GSI1PK: mask }",
            "12:20: '"
                + ORDERS
                + ".capture.GSI1PK': 'GSI1PK' is in 'protect', and no template matches what is left"
                + " of it; take it from one of the two"),
        Arguments.of(
            GOOD.replace("protect-key: env:HASH_KEY", "protect: { Email: hash }"),
            "6:23: 'tables[0].protect.Email': hashing needs a key; add for example 'protect-key:"
                + " env:AFTERBAY_HASH_KEY' to the table"),
        wrong(
            "env:HASH_KEY",
            "s3cret",
            "6:18: 'tables[0].protect-key': this is not a reference to a key; write env:NAME for an"
                + " environment variable, or the ARN of a secret in Secrets Manager"));
  }

  private static String mirror(String original, String match) {
    return "      - { name: mirror, match: { PK: " + match + " }, mirror-of: " + original + " }";
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsReportedWithItsPlaceAndTheWayOut(String yaml, String problem) throws IOException {
    assertThat(problems(dir, yaml)).containsExactly("afterbay.yaml:" + problem);
  }

  @Test
  void manyMistakesAreReportedAtOnceInTheOrderOfTheFile() throws IOException {
    assertThat(
            problems(
                dir,
                """
                application: shop
                region: us-east-1
                lake: s3://afterbay/lake
                tables:
                  - name: Orders
                    protect: { Email: hash, Phone: hidden }
                    entities:
                      - name: orders
                        match: { PK: "USER#{user_id}", SK: "ORDER#{}" }
                        columns: { Total: number, user_ID: string, Email: binary }
                      - name: users
                        match: { PK: "USER#{user_id}" }
                        mirror-of: wishes
                        schema: broken.avsc
                      - name: orders
                        match: { PK: "USER#{id}", SK: "PROFILE" }
                        were: { type: user }
                """))
        .extracting(problem -> problem.substring("afterbay.yaml:".length()).replaceAll("': .*", ""))
        .containsExactly(
            "6:23: 'tables[0].protect.Email",
            "6:36: 'tables[0].protect.Phone",
            "9:44: 'tables[0].entities[0].match.SK",
            "10:27: 'tables[0].entities[0].columns.Total",
            "10:44: 'tables[0].entities[0].columns.user_ID",
            "10:59: 'tables[0].entities[0].columns.Email",
            "13:20: 'tables[0].entities[1].mirror-of",
            "14:9: 'tables[0].entities[1].schema",
            "14:17: 'tables[0].entities[1].schema",
            "15:15: 'tables[0].entities[2].name",
            "16:16: 'tables[0].entities[2].match",
            "17:9: 'tables[0].entities[2].were' is not a known key; did you mean"
                + " 'tables[0].entities[2].where'?");
  }
}
