package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.FaultyStore.Disturbance;
import dev.afterbay.sinks.commit.FaultyStore.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * Enumerates the orders in which processes make their calls. Each process runs in a thread, but
 * only one at a time: before each call it waits for its turn. A run follows a list of choices; the
 * next run differs from it in the last choice that has an alternative left.
 */
final class Interleaving {
  private final int depth;
  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> options = new ArrayList<>();

  /**
   * An enumeration.
   *
   * @param depth how many choices are enumerated; after them the first process goes first
   */
  Interleaving(int depth) {
    this.depth = depth;
  }

  /** Prepares the next order; false if all were tried. */
  boolean next() {
    for (int last = choices.size() - 1; last >= 0; last--) {
      int choice = choices.get(last) + 1;
      if (choice < options.get(last)) {
        choices.subList(last, choices.size()).clear();
        options.clear();
        choices.add(choice);
        return true;
      }
    }
    return false;
  }

  /** The choices of the last run, for messages. */
  List<Integer> choices() {
    return choices;
  }

  /** Runs processes in the prepared order. */
  void run(ExecutorService threads, List<Function<Disturbance, Runnable>> processes) {
    options.clear();
    Turns turns = new Turns(processes.size());
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int i = 0; i < processes.size(); i++) {
      int process = i;
      Runnable body = processes.get(process).apply(turns.of(process));
      running.add(
          CompletableFuture.runAsync(body, threads)
              .whenComplete((nothing, failure) -> turns.finish(process)));
    }
    for (List<Integer> ready = turns.ready(); !ready.isEmpty(); ready = turns.ready()) {
      turns.give(ready.get(choose(ready.size())));
    }
    try {
      running.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new AssertionError("Order " + choices, e.getCause());
    }
  }

  private int choose(int count) {
    int at = options.size();
    if (count == 1 || at >= depth) {
      return 0;
    }
    options.add(count);
    if (at == choices.size()) {
      choices.add(0);
    }
    return choices.get(at);
  }

  /** Whose turn it is. */
  private static final class Turns {
    private static final int NOBODY = -1;

    private enum State {
      RUNNING,
      WAITING,
      FINISHED
    }

    private final State[] states;
    private int turn = NOBODY;

    Turns(int processes) {
      states = new State[processes];
      Arrays.fill(states, State.RUNNING);
    }

    Disturbance of(int process) {
      return new Disturbance() {
        @Override
        public <T> T around(int call, Effect<T> effect, Function<String, T> unknown) {
          await(process);
          return effect.apply();
        }
      };
    }

    private synchronized void await(int process) {
      states[process] = State.WAITING;
      notifyAll();
      while (turn != process) {
        pause();
      }
      turn = NOBODY;
      states[process] = State.RUNNING;
    }

    synchronized void finish(int process) {
      states[process] = State.FINISHED;
      notifyAll();
    }

    /** The processes that wait, once none runs. */
    synchronized List<Integer> ready() {
      while (turn != NOBODY || List.of(states).contains(State.RUNNING)) {
        pause();
      }
      List<Integer> ready = new ArrayList<>();
      for (int process = 0; process < states.length; process++) {
        if (states[process] == State.WAITING) {
          ready.add(process);
        }
      }
      return ready;
    }

    synchronized void give(int process) {
      turn = process;
      notifyAll();
    }

    private void pause() {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
