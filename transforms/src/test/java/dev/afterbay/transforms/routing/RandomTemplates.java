package dev.afterbay.transforms.routing;

import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Arbitrary templates of a very small alphabet, so that they often have texts in common. */
final class RandomTemplates {
  /** Letters that literals are made of, and the delimiter. */
  static final String ALPHABET = "ab#";

  private RandomTemplates() {}

  static Template next(SplittableRandom random) {
    StringBuilder template = new StringBuilder(text(random, random.nextInt(3)));
    int captures = random.nextInt(4);
    for (int i = 0; i < captures; i++) {
      boolean last = i == captures - 1;
      boolean open = last && random.nextInt(3) == 0;
      template.append("{c").append(i).append(open ? "*}" : "}");
      if (!open) {
        template.append(text(random, random.nextInt(3) + (last ? 0 : 1)));
      }
    }
    return Template.parse(template.isEmpty() ? "a" : template.toString(), '#');
  }

  /** A template of captures with a delimiter between every two. */
  static Template delimited(SplittableRandom random) {
    StringBuilder template = new StringBuilder(text(random, random.nextInt(3)));
    int captures = random.nextInt(5);
    for (int i = 0; i < captures; i++) {
      String before = text(random, random.nextInt(3));
      String after = text(random, random.nextInt(3));
      template.append("{c").append(i).append('}');
      if (i < captures - 1) {
        template.append(before).append('#').append(after);
      }
    }
    return Template.parse(template.isEmpty() ? "a" : template.toString(), '#');
  }

  static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** The same language, in other words. */
  static Pattern pattern(Template template) {
    return Pattern.compile(
        template.text().replaceAll("\\{c\\d\\*}", ".+").replaceAll("\\{c\\d}", "[^#]+"));
  }
}
