package dev.afterbay.transforms.typed;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Days and times as ISO 8601 spells them, of the years 1 to 9999. Times are microseconds since
 * 1970; what is finer has no place in a column.
 */
final class IsoText {
  /** How a time is spelled that a column gives back. */
  enum Spelling {
    /** As {@code Instant.toString} does: UTC, a fraction of 0, 3 or 6 digits as needed. */
    INSTANT,
    /** As JavaScript's {@code toISOString} does: UTC, a fraction of 3 digits. */
    MILLIS,
    /** Without zone, with seconds, a fraction of 0, 3 or 6 digits as needed. */
    LOCAL
  }

  static final long MICROS = 1_000_000;

  /** The first microsecond of year 1, and the first of year 10000. */
  static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay() * 86_400 * MICROS;

  static final long BEYOND = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400 * MICROS;

  private static final int DATE_LENGTH = 10;
  private static final int MINUTE_LENGTH = 16;
  private static final int SECOND_LENGTH = 19;
  private static final int NANO_DIGITS = 9;

  private static final Fit NOT_A_TIME = new Fit.Misfit(Reason.TYPE);
  private static final Fit TOO_FINE = new Fit.Misfit(Reason.PRECISION);
  private static final Fit OUT_OF_RANGE = new Fit.Misfit(Reason.RANGE);

  private final String text;
  private int position;

  private IsoText(String text, int position) {
    this.text = text;
    this.position = position;
  }

  /** A day as days since 1970. */
  static Fit asDay(String text) {
    if (text.length() != DATE_LENGTH) {
      return NOT_A_TIME;
    }
    long day = epochDay(text);
    if (day == Long.MIN_VALUE) {
      return NOT_A_TIME;
    }
    return day * 86_400 * MICROS < FIRST ? OUT_OF_RANGE : new Fit.Exact((int) day);
  }

  /** The text of a day. */
  static String day(int epochDay) {
    StringBuilder text = new StringBuilder(DATE_LENGTH);
    appendDay(text, LocalDate.ofEpochDay(epochDay));
    return text.toString();
  }

  /** A time as microseconds since 1970; exact if it is spelled as it would be given back. */
  static Fit asTime(String text, Spelling spelling) {
    return new IsoText(text, DATE_LENGTH).time(spelling);
  }

  /** The text of a time. */
  static String time(long micros, Spelling spelling) {
    long second = Math.floorDiv(micros, MICROS);
    int fraction = (int) Math.floorMod(micros, MICROS);
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(27);
    appendDay(text, time.toLocalDate());
    appendPadded(text.append('T'), time.getHour(), 2);
    appendPadded(text.append(':'), time.getMinute(), 2);
    appendPadded(text.append(':'), time.getSecond(), 2);
    if (fraction % 1_000 != 0) {
      appendPadded(text.append('.'), fraction, 6);
    } else if (fraction != 0 || spelling == Spelling.MILLIS) {
      appendPadded(text.append('.'), fraction / 1_000, 3);
    }
    return spelling == Spelling.LOCAL ? text.toString() : text.append('Z').toString();
  }

  private Fit time(Spelling spelling) {
    if (text.length() < MINUTE_LENGTH || !isSeparator(text.charAt(DATE_LENGTH), spelling)) {
      return NOT_A_TIME;
    }
    long day = epochDay(text);
    int hour = twoDigits(11, 23);
    int minute = text.charAt(13) == ':' ? twoDigits(14, 59) : -1;
    boolean hasSecond = text.length() >= SECOND_LENGTH && text.charAt(MINUTE_LENGTH) == ':';
    int second = hasSecond ? twoDigits(MINUTE_LENGTH + 1, 59) : 0;
    if (day == Long.MIN_VALUE || hour < 0 || minute < 0 || second < 0) {
      return NOT_A_TIME;
    }
    position = hasSecond ? SECOND_LENGTH : MINUTE_LENGTH;
    int nanos = hasSecond ? fraction() : 0;
    int offset = spelling == Spelling.LOCAL ? 0 : offsetSeconds();
    if (nanos < 0 || offset == Integer.MIN_VALUE || position != text.length()) {
      return NOT_A_TIME;
    }
    if (nanos % 1_000 != 0) {
      return TOO_FINE;
    }
    long micros =
        (day * 86_400 + hour * 3_600L + minute * 60L + second - offset) * MICROS + nanos / 1_000;
    if (micros < FIRST || micros >= BEYOND) {
      return OUT_OF_RANGE;
    }
    return time(micros, spelling).equals(text) ? new Fit.Exact(micros) : new Fit.Respelled(micros);
  }

  private static boolean isSeparator(char c, Spelling spelling) {
    return c == 'T' || (c == ' ' && spelling == Spelling.LOCAL);
  }

  /** Nanoseconds, 0 if there is no fraction, -1 if it is not one. */
  private int fraction() {
    if (position == text.length() || text.charAt(position) != '.') {
      return 0;
    }
    position++;
    int start = position;
    int nanos = 0;
    while (position < text.length() && isDigit(text.charAt(position))) {
      nanos = nanos * 10 + text.charAt(position) - '0';
      position++;
      if (position - start > NANO_DIGITS) {
        return -1;
      }
    }
    for (int digits = position - start; digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    return position == start ? -1 : nanos;
  }

  /** {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}. */
  private int offsetSeconds() {
    int rest = text.length() - position;
    if (rest == 1 && text.charAt(position) == 'Z') {
      position++;
      return 0;
    }
    boolean signed = rest > 0 && (text.charAt(position) == '+' || text.charAt(position) == '-');
    boolean colon = rest == 6 && text.charAt(position + 3) == ':';
    if (!signed || (rest != 3 && rest != 5 && !colon)) {
      return Integer.MIN_VALUE;
    }
    int hours = twoDigits(position + 1, 18);
    int minutes = rest == 3 ? 0 : twoDigits(text.length() - 2, 59);
    if (hours < 0 || minutes < 0) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    boolean west = text.charAt(position) == '-';
    position = text.length();
    return west ? -seconds : seconds;
  }

  private int twoDigits(int at, int most) {
    int number = digits(text, at, 2);
    return number > most ? -1 : number;
  }

  /** The day that a text begins with; {@code Long.MIN_VALUE} if it does not. */
  private static long epochDay(String text) {
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1) {
      return Long.MIN_VALUE;
    }
    if (text.charAt(4) != '-' || text.charAt(7) != '-') {
      return Long.MIN_VALUE;
    }
    if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
      return Long.MIN_VALUE;
    }
    return LocalDate.of(year, month, day).toEpochDay();
  }

  private static int digits(String text, int at, int count) {
    int number = 0;
    for (int i = at; i < at + count; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void appendDay(StringBuilder text, LocalDate day) {
    appendPadded(text, day.getYear(), 4);
    appendPadded(text.append('-'), day.getMonthValue(), 2);
    appendPadded(text.append('-'), day.getDayOfMonth(), 2);
  }

  private static void appendPadded(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    text.append(digits);
  }
}
