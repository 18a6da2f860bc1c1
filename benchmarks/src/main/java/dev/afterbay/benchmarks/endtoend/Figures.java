package dev.afterbay.benchmarks.endtoend;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a run of a worker cost. Warm is what lies between two shares of the records: what is read
 * and not yet visible is about the same at both, so what is counted is a steady state.
 *
 * @param warm processor seconds a million records, once warm
 * @param compiling of these, what the JVM's compilers took
 * @param collecting of these, what the serial collector took
 * @param untilVisible the same up to the moment when all records are visible: this has what was
 *     read before and not yet written too, and the wait for the last commits
 * @param whole the same from the start of the JVM until then
 * @param kilobytes allocated for a record, once warm
 * @param perSecond records a second of the clock, once warm
 * @param peakMegabytes resident at most
 * @param commits until the end
 * @param stream processor seconds a million records of the process that serves the stream, once
 *     warm
 * @param store the same of the process that stands for S3 and holds the leases
 * @param pace the processor time that {@link Pace}'s computation took meanwhile, in microseconds
 */
record Figures(
    double warm,
    double compiling,
    double collecting,
    double untilVisible,
    double whole,
    double kilobytes,
    double perSecond,
    double peakMegabytes,
    double commits,
    double stream,
    double store,
    double pace) {
  static final String HEADING =
      "| | CPU s/M warm | of it JIT | of it GC | records/vCPU s | CPU s/M until visible | CPU s/M whole | KB allocated/record | records/s"
          + " | peak RSS MB | commits | stream CPU s/M | store CPU s/M | pace µs |\n"
          + "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";

  String row(String what) {
    return "| %s | %.1f | %.1f | %.1f | %.0f | %.1f | %.1f | %.1f | %.0f | %.0f | %.0f | %.1f | %.1f | %.0f |"
        .formatted(
            what,
            warm,
            compiling,
            collecting,
            1e6 / warm,
            untilVisible,
            whole,
            kilobytes,
            perSecond,
            peakMegabytes,
            commits,
            stream,
            store,
            pace);
  }

  static Figures median(List<Figures> all) {
    return new Figures(
        median(all, Figures::warm),
        median(all, Figures::compiling),
        median(all, Figures::collecting),
        median(all, Figures::untilVisible),
        median(all, Figures::whole),
        median(all, Figures::kilobytes),
        median(all, Figures::perSecond),
        median(all, Figures::peakMegabytes),
        median(all, Figures::commits),
        median(all, Figures::stream),
        median(all, Figures::store),
        median(all, Figures::pace));
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
