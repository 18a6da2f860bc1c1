package dev.afterbay.transforms.routing;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Whether two templates have a text in common.
 *
 * <p>Each template is an automaton. It has a state in front of each of its symbols and a last one;
 * a symbol is a literal character, or a capture. A character that a symbol takes leads to the next
 * state, and in front of a capture also to the same state, since a capture takes one or more. Pairs
 * of states, one of each template, are walked breadth first; the first walk to the pair of the last
 * states spells the shortest common text.
 *
 * <p>In front of two captures all characters but the delimiters lead to the same states, and no
 * delimiter leads further, so that one character stands for all of them.
 */
final class Intersection {
  private final Automaton one;
  private final Automaton other;
  private final char any;
  private final int[] from;
  private final char[] by;
  private final Deque<Integer> ahead = new ArrayDeque<>();

  private Intersection(Automaton one, Automaton other) {
    this.one = one;
    this.other = other;
    this.any = one.isDelimiter('1') || other.isDelimiter('1') ? plain() : '1';
    this.from = new int[one.states() * other.states()];
    this.by = new char[from.length];
  }

  static Optional<String> of(TemplateParts one, TemplateParts other) {
    return new Intersection(Automaton.of(one), Automaton.of(other)).find();
  }

  private char plain() {
    char c = '2';
    while (one.isDelimiter(c) || other.isDelimiter(c)) {
      c++;
    }
    return c;
  }

  private Optional<String> find() {
    Arrays.fill(from, -1);
    from[0] = 0;
    ahead.add(0);
    int goal = from.length - 1;
    while (from[goal] < 0 && !ahead.isEmpty()) {
      leave(ahead.remove());
    }
    return from[goal] < 0 ? Optional.empty() : Optional.of(spell(goal));
  }

  private void leave(int pair) {
    int i = pair / other.states();
    int j = pair % other.states();
    if (i == one.states() - 1 || j == other.states() - 1) {
      return;
    }
    char c = one.isCapture(i) ? other.isCapture(j) ? any : other.literal(j) : one.literal(i);
    if (!one.takes(i, c) || !other.takes(j, c)) {
      return;
    }
    enter(pair, c, i + 1, j + 1);
    if (one.isCapture(i)) {
      enter(pair, c, i, j + 1);
    }
    if (other.isCapture(j)) {
      enter(pair, c, i + 1, j);
    }
    if (one.isCapture(i) && other.isCapture(j)) {
      enter(pair, c, i, j);
    }
  }

  private void enter(int origin, char c, int i, int j) {
    int pair = i * other.states() + j;
    if (from[pair] < 0) {
      from[pair] = origin;
      by[pair] = c;
      ahead.add(pair);
    }
  }

  private String spell(int goal) {
    StringBuilder backwards = new StringBuilder();
    for (int pair = goal; pair != 0; pair = from[pair]) {
      backwards.append(by[pair]);
    }
    // By character, since reverse() would keep the order within surrogate pairs.
    char[] text = new char[backwards.length()];
    for (int i = 0; i < text.length; i++) {
      text[i] = backwards.charAt(text.length - 1 - i);
    }
    return new String(text);
  }

  /**
   * The automaton of one template.
   *
   * @param symbols the literal characters; at a capture of no meaning
   * @param captures where the captures are
   * @param closed whether the last capture, too, takes no delimiter
   */
  private record Automaton(char[] symbols, boolean[] captures, char delimiter, boolean closed) {
    static Automaton of(TemplateParts parts) {
      int length = parts.captures().size();
      for (String literal : parts.literals()) {
        length += literal.length();
      }
      char[] symbols = new char[length];
      boolean[] captures = new boolean[length];
      int at = 0;
      for (int i = 0; i < parts.literals().size(); i++) {
        if (i > 0) {
          captures[at++] = true;
        }
        String literal = parts.literal(i);
        literal.getChars(0, literal.length(), symbols, at);
        at += literal.length();
      }
      return new Automaton(symbols, captures, parts.delimiter(), !parts.open());
    }

    int states() {
      return symbols.length + 1;
    }

    boolean isDelimiter(char c) {
      return c == delimiter;
    }

    boolean isCapture(int state) {
      return captures[state];
    }

    char literal(int state) {
      return symbols[state];
    }

    boolean takes(int state, char c) {
      if (!captures[state]) {
        return symbols[state] == c;
      }
      return c != delimiter || !closed && state == symbols.length - 1;
    }
  }
}
