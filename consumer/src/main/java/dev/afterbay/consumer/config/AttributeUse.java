package dev.afterbay.consumer.config;

import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mention of an attribute in the configuration, to be held against the table's real keys.
 *
 * @param kind what the attribute is named for
 * @param attribute its name
 * @param path the key in the configuration
 * @param place where it is mentioned
 */
public record AttributeUse(Kind kind, String attribute, String path, Place place) {
  /** What an attribute is named for. */
  public enum Kind {
    /** A template that decides on the entity. */
    MATCH,
    /** A template that only captures. */
    CAPTURE,
    /** Left out of a typed table. */
    OMIT,
    /** Hashed, masked or dropped. */
    PROTECT
  }

  /** What is wrong with it, given the table's keys, in one sentence with the place. */
  Optional<String> problemWith(List<KeyAttribute> keys) {
    Optional<KeyAttribute> key =
        keys.stream().filter(each -> each.name().equals(attribute)).findFirst();
    if (kind == Kind.MATCH) {
      return key.isEmpty()
          ? said(
              "is not a key attribute; the table's key is "
                  + keys.stream().map(KeyAttribute::name).collect(Collectors.joining(", "))
                  + ": write one of these, or put the attribute under 'where' or 'capture'")
          : key.filter(each -> each.type() == KeyType.B)
              .flatMap(
                  binary ->
                      said(
                          "is binary, and templates match strings and numbers; leave it out, and it"
                              + " is an ordinary column"));
    }
    return key.flatMap(
        each ->
            said(
                switch (kind) {
                  case MATCH, CAPTURE ->
                      "is a key attribute; put its template under 'match', which decides on the"
                          + " entity";
                  case OMIT ->
                      "is a key attribute, which always stays in cdc_key; take it from 'omit'";
                  case PROTECT ->
                      "is a key attribute, and no item could be told from another without it; take"
                          + " it from 'protect'";
                }));
  }

  private Optional<String> said(String what) {
    return Optional.of(place + ": '" + path + "': '" + attribute + "' " + what);
  }
}
