package dev.afterbay.transforms.protect;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sensitive attributes of a table. Any thread may use it. */
public final class Protection {
  /** Nothing is sensitive. */
  public static final Protection NONE = new Protection(Map.of(), new byte[0]);

  /** What is left of a masked attribute. */
  public static final Value.S MASK = new Value.S("***");

  /** What is left of a sensitive attribute. */
  public enum Rule {
    /** Nothing. */
    DROP,
    /** A keyed digest of its value: equal values stay equal. */
    HASH,
    /** That it was there. */
    MASK
  }

  private final Map<String, Rule> rules;
  private final @Nullable KeyedDigest digest;
  private final boolean again;

  /**
   * The protection of a table.
   *
   * @param rules by the name of a top-level attribute that is not a key
   * @param key of the digests, at least 16 bytes; of no use if nothing is hashed
   */
  public Protection(Map<String, Rule> rules, byte[] key) {
    this(Map.copyOf(rules), rules.containsValue(Rule.HASH) ? new KeyedDigest(key) : null, false);
  }

  private Protection(Map<String, Rule> rules, @Nullable KeyedDigest digest, boolean again) {
    this.rules = rules;
    this.digest = digest;
    this.again = again;
  }

  /**
   * The same protection for items that may have been protected before: what looks like a keyed
   * digest stays as it is, so that nothing is hashed twice.
   */
  public Protection again() {
    return new Protection(rules, digest, true);
  }

  /** The rules. */
  public Map<String, Rule> rules() {
    return rules;
  }

  /** The names of the sensitive attributes. */
  public Set<String> attributes() {
    return rules.keySet();
  }

  /** The change without what is sensitive; the same object if nothing is. */
  public ChangeEvent protect(ChangeEvent event) {
    if (rules.isEmpty()) {
      return event;
    }
    Set<String> keys = event.keys().item().attributes().keySet();
    Image newImage = protectIfAny(event.newImage(), keys);
    Image oldImage = protectIfAny(event.oldImage(), keys);
    if (Objects.equals(newImage, event.newImage()) && Objects.equals(oldImage, event.oldImage())) {
      return event;
    }
    return new ChangeEvent(
        event.operation(),
        event.approximateCreation(),
        event.sequenceNumber(),
        event.eventId(),
        event.removedByTtl(),
        event.keys(),
        newImage,
        oldImage);
  }

  /**
   * The image without what is sensitive; the same object if nothing is.
   *
   * @param keys the names of the key attributes, which are never sensitive
   */
  public Image protect(Image image, Set<String> keys) {
    return Objects.requireNonNull(protectIfAny(image, keys));
  }

  private @Nullable Image protectIfAny(@Nullable Image image, Set<String> keys) {
    if (image == null) {
      return null;
    }
    Map<String, Value> attributes = image.item().attributes();
    Map<String, Value> left = null;
    for (Map.Entry<String, Rule> rule : rules.entrySet()) {
      String name = rule.getKey();
      Value value = attributes.get(name);
      if (value != null && !keys.contains(name)) {
        Value rest = rest(value, rule.getValue());
        if (!value.equals(rest)) {
          left = left == null ? new HashMap<>(attributes) : left;
          replace(left, name, rest);
        }
      }
    }
    return left == null ? image : Image.of(new Item(left));
  }

  private @Nullable Value rest(Value value, Rule rule) {
    if (rule == Rule.DROP) {
      return null;
    }
    // A record that was set aside raw holds the mask, whatever the rule.
    if (digest == null || rule == Rule.MASK || value.equals(MASK)) {
      return MASK;
    }
    return again && KeyedDigest.isLikeOne(value) ? value : new Value.S(digest.of(value));
  }

  private static void replace(Map<String, Value> attributes, String name, @Nullable Value value) {
    if (value == null) {
      attributes.remove(name);
    } else {
      attributes.put(name, value);
    }
  }

  /** The rules; the key is nobody's business. */
  @Override
  public String toString() {
    return "Protection" + rules;
  }
}
