package dev.afterbay.transforms.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values by prefixes of texts. A node stands for what is read of a text so far. */
final class PrefixTree<T> {
  private final List<T> values = new ArrayList<>();
  private final List<PrefixTree<T>> children = new ArrayList<>();
  private char[] characters = new char[0];

  /** Adds a value to the node that the prefix leads to from here. */
  void add(String prefix, T value) {
    PrefixTree<T> node = this;
    for (int i = 0; i < prefix.length(); i++) {
      node = node.nextOrNew(prefix.charAt(i));
    }
    node.values.add(value);
  }

  /** The values whose prefix ends here. */
  List<T> values() {
    return values;
  }

  /** The node that one more character leads to; null if no prefix goes on so. */
  @Nullable PrefixTree<T> next(char character) {
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] == character) {
        return children.get(i);
      }
    }
    return null;
  }

  private PrefixTree<T> nextOrNew(char character) {
    PrefixTree<T> known = next(character);
    if (known != null) {
      return known;
    }
    PrefixTree<T> added = new PrefixTree<>();
    characters = Arrays.copyOf(characters, characters.length + 1);
    characters[characters.length - 1] = character;
    children.add(added);
    return added;
  }
}
