package dev.afterbay.local.athena;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as texts that do not tell by which engine they came. */
final class Texts {
  private Texts() {}

  static String of(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Texts::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> fields = new TreeMap<>();
      map.forEach(
          (name, field) -> fields.put(String.valueOf(name).toLowerCase(Locale.ROOT), of(field)));
      return fields.toString();
    }
    return String.valueOf(value);
  }
}
