package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.FaultyStore.Crash;
import dev.afterbay.sinks.commit.FaultyStore.Disturbance;
import dev.afterbay.sinks.commit.FaultyStore.Effect;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One fault at one call of a writer. */
record Fault(Kind kind, int call) {
  /** What goes wrong. */
  enum Kind {
    CRASH_BEFORE,
    CRASH_AFTER,
    UNKNOWN_NOT_APPLIED,
    UNKNOWN_APPLIED,
    /** The answer is "unknown" and the request arrives only some calls later. */
    UNKNOWN_APPLIED_LATE
  }

  /** Requests that are still on their way; they arrive whatever became of their writer. */
  static final class Wire {
    private final List<Late> late = new ArrayList<>();

    private record Late(int[] callsLeft, Effect<?> effect) {}

    /** Lets one call pass, which may be the one before which a late request arrives. */
    void tick() {
      for (Late request : List.copyOf(late)) {
        if (--request.callsLeft[0] <= 0) {
          late.remove(request);
          arrive(request);
        }
      }
    }

    void drain() {
      late.forEach(Wire::arrive);
      late.clear();
    }

    private static void arrive(Late request) {
      try {
        request.effect.apply();
      } catch (ObjectStoreException e) {
        // Its sender does not listen any more.
      }
    }

    void send(Effect<?> effect, int afterCalls) {
      late.add(new Late(new int[] {afterCalls}, effect));
    }
  }

  /** This fault, and whether it came about. */
  static final class Injection implements Disturbance {
    private final Fault fault;
    private final Wire wire;
    private final int delay;
    private boolean struck;

    Injection(Fault fault, Wire wire, int delay) {
      this.fault = fault;
      this.wire = wire;
      this.delay = delay;
    }

    boolean struck() {
      return struck;
    }

    @Override
    public <T> T around(int call, Effect<T> effect, Function<String, T> unknown) {
      wire.tick();
      if (call != fault.call) {
        return effect.apply();
      }
      struck = true;
      switch (fault.kind) {
        case CRASH_BEFORE -> throw new Crash();
        case CRASH_AFTER -> {
          effect.apply();
          throw new Crash();
        }
        case UNKNOWN_APPLIED -> effect.apply();
        case UNKNOWN_APPLIED_LATE -> wire.send(effect, delay);
        case UNKNOWN_NOT_APPLIED -> {}
      }
      return unknown.apply("timed out");
    }
  }
}
