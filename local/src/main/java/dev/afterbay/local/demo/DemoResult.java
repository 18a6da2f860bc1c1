package dev.afterbay.local.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the demo found.
 *
 * @param proof what audits said
 * @param secondsToFirstRow from the first write to the first visible row
 */
public record DemoResult(
    SumCheck sums,
    Duration secondsToFirstRow,
    Path lake,
    Path config,
    String restart,
    List<Answered> answers,
    Proof.Outcome proof) {
  public DemoResult {
    answers = List.copyOf(answers);
  }

  /** Whether the lake is what it should be. */
  public boolean exact() {
    return sums.exact() && proof.holds();
  }

  /** A question and what the lake said. */
  public record Answered(String title, Lake.Answer answer) {}
}
