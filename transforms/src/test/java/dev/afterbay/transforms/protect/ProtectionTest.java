package dev.afterbay.transforms.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.RandomItems;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtectionTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  // printf '{"S":"a@b.c"}' | openssl dgst -sha256 -hmac 0123456789abcdef
  private static final String NEW_EMAIL =
      "c109b3db234f2de2f3e461ad736fc7bd5666052d3d87719c18988abf61663aa7";
  private static final String OLD_EMAIL =
      "0844f1af74e376d6d5653a5df1b82084c7d4a8f296d9e0b6b250faa7f83499dc";

  private static final Image KEYS = Image.parse("{\"PK\":{\"S\":\"USER#1\"}}");
  private static final Protection PROTECTION =
      new Protection(Map.of("Email", Rule.HASH, "Phone", Rule.MASK, "Password", Rule.DROP), KEY);

  @Test
  void ofASensitiveAttributeOnlyWhatItsRuleSaysIsLeft() {
    ChangeEvent event =
        event(
            """
            {"PK":{"S":"USER#1"},"Email":{"S":"a@b.c"},"Phone":{"N":"17"},"Password":{"S":"x"},
             "Profile":{"M":{"Email":{"S":"kept"}}}}""",
            """
            {"PK":{"S":"USER#1"},"Email":{"S":"old@b.c"},"Phone":{"M":{}}}""");

    ChangeEvent left = PROTECTION.protect(event);

    assertThat(json(left.newImage()))
        .isEqualTo(
            """
            {"Email":{"S":"EMAIL"},"PK":{"S":"USER#1"},"Phone":{"S":"***"},\
            "Profile":{"M":{"Email":{"S":"kept"}}}}"""
                .replace("EMAIL", NEW_EMAIL));
    assertThat(json(left.oldImage()))
        .isEqualTo(
            """
            {"Email":{"S":"EMAIL"},"PK":{"S":"USER#1"},"Phone":{"S":"***"}}"""
                .replace("EMAIL", OLD_EMAIL));
    assertThat(left)
        .usingRecursiveComparison()
        .ignoringFields("newImage", "oldImage")
        .isEqualTo(event);
  }

  @Test
  void whatWasProtectedBeforeStaysAsItIsAndTheRestIsProtected() {
    ChangeEvent event =
        event(
            """
            {"PK":{"S":"USER#1"},"Email":{"S":"a@b.c"},"Phone":{"N":"17"},"Password":{"S":"x"}}""",
            null);
    ChangeEvent once = PROTECTION.protect(event);

    assertThat(PROTECTION.again().protect(once)).isEqualTo(once);
    assertThat(PROTECTION.again().protect(event)).isEqualTo(once);
    assertThat(PROTECTION.protect(once)).isNotEqualTo(once);
  }

  @Test
  void theDigestIsThatOfTheProtectedItem() {
    ChangeEvent event = event("{\"PK\":{\"S\":\"USER#1\"},\"Phone\":{\"S\":\"17\"}}", null);
    String before = digest(event.newImage());

    String after = digest(PROTECTION.protect(event).newImage());

    assertThat(after)
        .isNotEqualTo(before)
        .isEqualTo(Image.parse("{\"PK\":{\"S\":\"USER#1\"},\"Phone\":{\"S\":\"***\"}}").digest());
  }

  @Test
  void aChangeWithoutSensitiveAttributesIsHandedBackAsItIs() {
    ChangeEvent plain = event("{\"PK\":{\"S\":\"USER#1\"},\"Total\":{\"N\":\"1\"}}", null);
    ChangeEvent sensitive = event("{\"Email\":{\"S\":\"a\"}}", null);

    assertThat(PROTECTION.protect(plain)).isSameAs(plain);
    assertThat(Protection.NONE.protect(sensitive)).isSameAs(sensitive);
  }

  @Test
  void keyAttributesAreNeverTouched() {
    Protection protection =
        new Protection(Map.of("PK", Rule.HASH, "SK", Rule.DROP, "x", Rule.DROP), KEY);
    Image keys = Image.parse("{\"PK\":{\"S\":\"USER#1\"},\"SK\":{\"S\":\"a\"}}");
    Image image =
        Image.parse("{\"PK\":{\"S\":\"USER#1\"},\"SK\":{\"S\":\"a\"},\"x\":{\"S\":\"\"}}");

    ChangeEvent left = protection.protect(event(keys, image, null));

    assertThat(left.keys()).isEqualTo(keys);
    assertThat(left.newImage()).isEqualTo(keys);
  }

  @Test
  void whatIsMaskedOrDroppedAlreadyStaysAsItIs() {
    ChangeEvent once =
        PROTECTION.protect(event("{\"Phone\":{\"S\":\"17\"},\"Password\":{\"S\":\"x\"}}", null));
    ChangeEvent setAside = event("{\"Email\":{\"S\":\"***\"}}", null);

    assertThat(PROTECTION.protect(once)).isSameAs(once);
    assertThat(PROTECTION.protect(setAside)).isSameAs(setAside);
  }

  @Test
  void equalValuesHaveEqualHashesInEveryTable() {
    Protection users = new Protection(Map.of("Email", Rule.HASH), KEY);
    Protection orders = new Protection(Map.of("Customer", Rule.HASH, "x", Rule.MASK), KEY);
    Protection otherKey =
        new Protection(
            Map.of("Email", Rule.HASH), "fedcba9876543210".getBytes(StandardCharsets.UTF_8));
    RandomItems random = RandomItems.seeded(1);
    Map<Value, Value> hashes = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      Value value = random.value(3);
      Value hash = attribute(users, "Email", value);

      assertThat(((Value.S) hash).text()).matches("[0-9a-f]{64}");
      assertThat(attribute(orders, "Customer", value)).isEqualTo(hash);
      assertThat(attribute(otherKey, "Email", value)).isNotEqualTo(hash);
      hashes.put(value, hash);
    }
    assertThat(hashes.values()).doesNotHaveDuplicates();
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    List<String> alone =
        IntStream.range(0, 5_000).mapToObj(i -> hash(Integer.toString(i % 50))).toList();

    List<String> together =
        IntStream.range(0, 5_000).parallel().mapToObj(i -> hash(Integer.toString(i % 50))).toList();

    assertThat(together).isEqualTo(alone);
  }

  @Test
  void hashingNeedsAKeyThatCannotBeGuessed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Protection(Map.of("Email", Rule.HASH), new byte[15]))
        .withMessage("The key for hashed attributes has 15 bytes; it needs at least 16");
    assertThat(new Protection(Map.of("Email", Rule.MASK), new byte[0]).attributes())
        .containsExactly("Email");
  }

  @Test
  void theKeyIsNotInItsText() {
    assertThat(new Protection(Map.of("Email", Rule.HASH), KEY))
        .hasToString("Protection{Email=HASH}");
  }

  private static String hash(String text) {
    return ((Value.S) attribute(PROTECTION, "Email", new Value.S(text))).text();
  }

  private static Value attribute(Protection protection, String name, Value value) {
    ChangeEvent event = event(KEYS, Image.of(new Item(Map.of(name, value))), null);
    Image image = protection.protect(event).newImage();
    assertThat(image).isNotNull();
    return image.item().attribute(name).orElseThrow();
  }

  private static String json(@Nullable Image image) {
    assertThat(image).isNotNull();
    return image.json();
  }

  private static String digest(@Nullable Image image) {
    assertThat(image).isNotNull();
    return image.digest();
  }

  private static ChangeEvent event(String newImage, @Nullable String oldImage) {
    return event(KEYS, Image.parse(newImage), oldImage == null ? null : Image.parse(oldImage));
  }

  private static ChangeEvent event(Image keys, Image newImage, @Nullable Image oldImage) {
    return new ChangeEvent(
        oldImage == null ? Operation.INSERT : Operation.MODIFY,
        Instant.EPOCH,
        SequenceNumber.parse("7"),
        "e",
        false,
        keys,
        newImage,
        oldImage);
  }
}
