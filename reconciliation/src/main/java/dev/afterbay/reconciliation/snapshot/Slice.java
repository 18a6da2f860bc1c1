package dev.afterbay.reconciliation.snapshot;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The share of an export's files that one of several tasks brings in.
 *
 * @param number which, from 1
 * @param of how many there are
 */
public record Slice(int number, int of) {
  /** All files. */
  public static final Slice WHOLE = new Slice(1, 1);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /** Checks that there is such a share. */
  public Slice {
    if (number < 1 || number > of) {
      throw new IllegalArgumentException(
          "There is no slice " + number + "/" + of + "; write for example 1/4, up to 4/4");
    }
  }

  /** Reads what {@link #toString()} writes. */
  public static Slice parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a slice; write for example 1/4, up to 4/4");
    }
    return new Slice(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The numbers, from 1, of the files in this share of so many. */
  List<Integer> filesOf(int files) {
    return IntStream.rangeClosed(1, files).filter(file -> sliceOf(file) == number).boxed().toList();
  }

  /** Which share a file is in; or anything else that is numbered from 1. */
  public int sliceOf(int file) {
    return (file - 1) % of + 1;
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
