package dev.afterbay.local.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call that a process made.
 *
 * @param service as the SDK names it, for example {@code DynamoDb}
 * @param operation for example {@code GetRecords}
 * @param fields of its request that tell what it is about
 */
public record RecordedCall(String service, String operation, Map<String, String> fields) {
  private static final Pattern PARTITION = Pattern.compile("/(dt|snapshot)=");

  /** A line of {@link CallRecorder}. */
  public static RecordedCall parse(String line) {
    String[] words = line.split("\t", -1);
    Map<String, String> fields = new HashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        fields.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    fields.computeIfPresent("Key", (name, key) -> folder(key));
    fields.computeIfPresent(
        "Prefix", (name, prefix) -> prefix.endsWith("/") ? prefix : folder(prefix));
    return new RecordedCall(words[0], words[1], Map.copyOf(fields));
  }

  /** The first two folders: policies tell no more apart, and there are thousands of objects. */
  private static String folder(String key) {
    String[] names = key.split("/", -1);
    if (names.length < 3) {
      return key;
    }
    // The lake's own folder is told apart, and so are data files, by the names of partitions: some
    // may be written to and not be deleted from.
    Matcher partition = PARTITION.matcher(key);
    if (partition.find()) {
      return names[0] + "/" + names[1] + "/*/" + partition.group(1) + "=*";
    }
    return names.length > 3 && names[1].equals("_afterbay")
        ? names[0] + "/" + names[1] + "/" + names[2] + "/*"
        : names[0] + "/" + names[1] + "/*";
  }

  /** A field that has to be there. */
  String field(String name) {
    return Objects.requireNonNull(fields.get(name), () -> this + " has no " + name);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }
}
