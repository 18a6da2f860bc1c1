package dev.afterbay.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM allocated, from its log of collections with {@code uptime}: from the end of one to the
 * beginning of the next. To the megabyte for each, and without what came after the last one.
 */
record GcLog(Path file) {
  private static final Pattern PAUSE =
      Pattern.compile("\\[([0-9.]+)s\\].* Pause .* ([0-9]+)M->([0-9]+)M\\(.*");

  String option() {
    return "-Xlog:gc:file=" + file + ":uptime:filecount=0";
  }

  /** Megabytes that were allocated between two moments of the JVM's life, in seconds. */
  double allocatedMegabytes(double from, double to) throws IOException {
    double all = 0;
    long left = 0;
    for (String line : Files.readAllLines(file)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.matches()) {
        double at = Double.parseDouble(pause.group(1));
        if (at >= from && at <= to) {
          all += Long.parseLong(pause.group(2)) - left;
        }
        left = Long.parseLong(pause.group(3));
      }
    }
    return all;
  }
}
