package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.Interleaving.Move;
import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.faults.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose turn it is, of processes of which one runs at a time. The last of them is the heir. */
final class Turns {
  private final List<Stand> stands = new ArrayList<>();
  private final Network network;
  private Optional<Move> turn = Optional.empty();

  private enum State {
    RUNNING,
    WAITING,
    FINISHED
  }

  /** Where a process stands, and at which call if it waits. */
  private record Stand(State state, Optional<Verb> verb) {
    static final Stand RUNS = new Stand(State.RUNNING, Optional.empty());
    static final Stand IS_FINISHED = new Stand(State.FINISHED, Optional.empty());
  }

  Turns(int processes, Network network) {
    this.network = network;
    for (int process = 0; process < processes; process++) {
      stands.add(Stand.RUNS);
    }
  }

  /** What stands before the calls of a process. */
  Disturbance of(int process) {
    return new Disturbance() {
      @Override
      public <T> T around(Call<T> call) {
        Move move = await(process, call.verb());
        return move.faults().isEmpty()
            ? call.apply()
            : move.faults().get(0).at(call, network, Integer.MAX_VALUE);
      }
    };
  }

  boolean isHeir(int process) {
    return process == stands.size() - 1;
  }

  /** At which call a process waits. */
  synchronized Verb verb(int process) {
    return stands.get(process).verb().orElseThrow();
  }

  /** The processes that wait, once none runs; the heir only if all others have ended. */
  synchronized List<Integer> ready() {
    while (turn.isPresent() || stands.contains(Stand.RUNS)) {
      pause();
    }
    List<Integer> ready = new ArrayList<>();
    for (int process = 0; process < stands.size(); process++) {
      if (stands.get(process).state() == State.WAITING && (!isHeir(process) || ready.isEmpty())) {
        ready.add(process);
      }
    }
    return ready;
  }

  synchronized void give(Move move) {
    turn = Optional.of(move);
    notifyAll();
  }

  synchronized void finish(int process) {
    stands.set(process, Stand.IS_FINISHED);
    notifyAll();
  }

  private synchronized Move await(int process, Verb verb) {
    stands.set(process, new Stand(State.WAITING, Optional.of(verb)));
    notifyAll();
    while (turn.filter(move -> move.process() == process).isEmpty()) {
      pause();
    }
    Move move = turn.orElseThrow();
    turn = Optional.empty();
    stands.set(process, Stand.RUNS);
    return move;
  }

  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException("A run was interrupted", e);
    }
  }
}
