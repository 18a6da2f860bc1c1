package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Reply;
import dev.afterbay.sinks.faults.Verb;
import java.util.ArrayList;
import java.util.List;

/** What befalls all calls of a kind that a process makes; the others go their way. */
final class Calls {
  private Calls() {}

  /** Something else happens right before each. */
  record Before(Verb verb, Runnable meanwhile) implements Disturbance {
    @Override
    public <T> T around(Call<T> call) {
      if (call.verb() == verb) {
        meanwhile.run();
      }
      return call.apply();
    }
  }

  /** Something else happens right after each. */
  record After(Verb verb, Runnable meanwhile) implements Disturbance {
    @Override
    public <T> T around(Call<T> call) {
      T answer = call.apply();
      if (call.verb() == verb) {
        meanwhile.run();
      }
      return answer;
    }
  }

  /** None arrives. */
  record Answered(Verb verb, Reply reply) implements Disturbance {
    @Override
    public <T> T around(Call<T> call) {
      return call.verb() == verb ? call.answer(reply) : call.apply();
    }
  }

  /** Nothing befalls them, and what was asked for can be told. */
  static final class Heard implements Disturbance {
    private final List<Verb> verbs = new ArrayList<>();

    List<Verb> verbs() {
      return List.copyOf(verbs);
    }

    @Override
    public <T> T around(Call<T> call) {
      verbs.add(call.verb());
      return call.apply();
    }
  }
}
