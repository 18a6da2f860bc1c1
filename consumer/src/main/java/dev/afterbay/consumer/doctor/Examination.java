package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A run of checks, one after the other. A check that needs one which failed is skipped and says so;
 * one that throws has failed with the exception's sentence.
 */
final class Examination {
  /** What a check does. */
  interface Look {
    Outcome look() throws Exception;
  }

  private final List<Finding> findings = new ArrayList<>();

  /** The checks that came to nothing, each with the one that failed first. */
  private final Map<String, String> broken = new HashMap<>();

  /** Checks that are about no table. */
  Part general() {
    return new Part(Optional.empty());
  }

  /** Checks of one table. */
  Part of(TableName table) {
    return new Part(Optional.of(table));
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The checks about one thing. */
  final class Part {
    private final Optional<TableName> table;

    private Part(Optional<TableName> table) {
      this.table = table;
    }

    /**
     * Looks, unless something fails that this needs.
     *
     * @param needs names of checks, of this table or of none
     */
    void check(String name, List<String> needs, Look look) {
      check(name, needs, null, look);
    }

    /** The same; a caller who may not do this lacks the statement. */
    void check(String name, List<String> needs, @Nullable PolicyStatement lacking, Look look) {
      Optional<String> missing = needs.stream().flatMap(need -> cause(need).stream()).findFirst();
      Outcome outcome =
          missing
              .map(need -> Outcome.skipped("not looked at, because '" + need + "' failed"))
              .orElseGet(() -> guarded(look, lacking));
      if (missing.isPresent() || outcome.verdict() == Verdict.FAILED) {
        broken.put(key(name, table), missing.orElse(name));
      }
      findings.add(new Finding(name, table, outcome.verdict(), outcome.found(), outcome.fix()));
    }

    private Optional<String> cause(String need) {
      return Optional.ofNullable(broken.get(key(need, table)))
          .or(() -> Optional.ofNullable(broken.get(key(need, Optional.empty()))));
    }
  }

  private static String key(String name, Optional<TableName> table) {
    return table.map(TableName::value).orElse("") + "/" + name;
  }

  private static Outcome guarded(Look look, @Nullable PolicyStatement lacking) {
    try {
      return look.look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.failed(Sentences.of(e));
    } catch (Exception e) {
      Outcome told = Outcome.failed(Sentences.of(e));
      Optional<AwsServiceException> denial = denial(e);
      return lacking == null || denial.isEmpty()
          ? told
          : Outcome.failed(told.found(), lacking.lackedBy(denial.get()).advice());
    }
  }

  /** The refusal among an exception and its causes. */
  static Optional<AwsServiceException> denial(Throwable thrown) {
    for (@Nullable Throwable link = thrown; link != null; link = link.getCause()) {
      if (link instanceof AwsServiceException refused && Sentences.isAccessDenied(refused)) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }
}
