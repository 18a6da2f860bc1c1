package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.Injection;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.faults.Reply;
import dev.afterbay.sinks.faults.Verb;

/** What befalls a writer on its way to a first commit of one file. */
final class FirstCommit {
  private FirstCommit() {}

  /** Calls of a fresh log that commits one file: list, begin, part, put, complete. */
  static final int PUT = 4;

  static final int COMPLETE = 5;

  static Disturbance crashBeforeCompleting() {
    return new Injection(new Fault(Fault.Kind.CRASH_BEFORE, COMPLETE), new Network(), 1);
  }

  record ThenBeforeCompleting(Runnable meanwhile) implements Disturbance {
    @Override
    public <T> T around(Call<T> call) {
      if (call.number() == COMPLETE) {
        meanwhile.run();
      }
      return call.apply();
    }
  }

  record DeafFrom(int first) implements Disturbance {
    @Override
    public <T> T around(Call<T> call) {
      return call.number() < first ? call.apply() : call.answer(Reply.NONE);
    }
  }

  record DeafAfterStaging(boolean applied) implements Disturbance {
    @Override
    public <T> T around(Call<T> call) {
      if (call.number() < PUT || call.verb() == Verb.ABORT) {
        return call.apply();
      }
      if (call.number() == PUT && applied) {
        T unheard = call.apply();
        assertThat(unheard).isNotNull();
      }
      return call.answer(Reply.NONE);
    }
  }
}
