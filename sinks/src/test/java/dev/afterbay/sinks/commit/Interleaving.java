package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.Network;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * Enumerates the orders in which processes make their calls, and the faults that befall them on the
 * way. Each process runs in a thread, but only one at a time: before each call it waits for its
 * turn. A run follows a list of choices; the next run differs from it in the last choice that has
 * an alternative left.
 */
final class Interleaving {
  /** A process that sleeps is no different from one that crashed when its turn passed. */
  private static final Set<Fault.Kind> CRASHES =
      EnumSet.of(Fault.Kind.CRASH_BEFORE, Fault.Kind.CRASH_AFTER);

  /** What leaves a process without the knowledge of what became of its request, or misleads it. */
  static final Fault.Kind[] IN_DOUBT = {
    Fault.Kind.PRECONDITION_FAILED,
    Fault.Kind.LOST,
    Fault.Kind.APPLIED_UNHEARD,
    Fault.Kind.APPLIED_LATE,
    Fault.Kind.REPEATED
  };

  private final Bounds bounds;
  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> options = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();

  /**
   * What is enumerated. A process whose turn ends not by choice runs on as long as it can.
   *
   * @param calls within so many calls the turn may pass at any call
   * @param pauses so often a process may be stopped before a call; it sleeps until the turn comes
   *     back, at the latest when the other has ended
   * @param faults so many faults may befall the processes, at any call
   * @param kinds of these faults
   */
  record Bounds(int calls, int pauses, int faults, List<Fault.Kind> kinds) {
    private static final int ALL = Integer.MAX_VALUE;

    /** Every order. */
    static Bounds everyOrder() {
      return new Bounds(ALL, ALL, 0, List.of());
    }

    /** Every order of the first calls; then one process runs to its end, whichever was last. */
    static Bounds everyOrderOf(int calls) {
      return new Bounds(calls, ALL, 0, List.of());
    }

    /** So many pauses, at any call. */
    static Bounds pauses(int pauses) {
      return new Bounds(ALL, pauses, 0, List.of());
    }

    /** The same, and so many faults. */
    Bounds with(int more, Fault.Kind... faultKinds) {
      return new Bounds(calls, pauses, more, List.of(faultKinds));
    }
  }

  /**
   * What comes next.
   *
   * @param process that makes its call; {@link #NETWORK} if a late request arrives instead
   * @param faults what befalls the call: nothing or one kind
   */
  record Move(int process, List<Fault.Kind> faults) {
    static final int NETWORK = -1;

    @Override
    public String toString() {
      String who = process == NETWORK ? "late request" : String.valueOf((char) ('A' + process));
      return faults.isEmpty() ? who : who + " " + faults.get(0);
    }
  }

  Interleaving(Bounds bounds) {
    this.bounds = bounds;
  }

  /** Prepares the next order; false if all were tried. */
  boolean next() {
    for (int last = choices.size() - 1; last >= 0; last--) {
      int choice = choices.get(last) + 1;
      if (choice < options.get(last)) {
        choices.subList(last, choices.size()).clear();
        choices.add(choice);
        return true;
      }
    }
    return false;
  }

  /** What happened in the last run, for messages. */
  @Override
  public String toString() {
    return moves.toString();
  }

  /**
   * Runs processes in the prepared order.
   *
   * @param network what is late in it arrives before any later call, or after the last
   * @param rivals processes, each made of what stands before its calls
   * @param heir that starts when all rivals have ended, and meets no fault of its own
   */
  void run(
      ExecutorService threads,
      Network network,
      List<Function<Disturbance, Runnable>> rivals,
      Function<Disturbance, Runnable> heir) {
    List<Function<Disturbance, Runnable>> processes = new ArrayList<>(rivals);
    processes.add(heir);
    options.clear();
    moves.clear();
    Turns turns = new Turns(processes.size(), network);
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int i = 0; i < processes.size(); i++) {
      int process = i;
      Runnable body = processes.get(process).apply(turns.of(process));
      running.add(
          CompletableFuture.runAsync(body, threads)
              .whenComplete((nothing, failure) -> turns.finish(process)));
    }
    Progress progress = new Progress();
    for (List<Integer> ready = turns.ready(); !ready.isEmpty(); ready = turns.ready()) {
      Move move = choose(progress.moves(ready, turns, network));
      progress.take(move, ready);
      moves.add(move);
      if (move.process == Move.NETWORK) {
        network.deliver();
      } else {
        turns.give(move);
      }
    }
    network.drain();
    try {
      running.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new AssertionError(e.getCause() + ", after " + moves, e);
    }
  }

  private Move choose(List<Move> possible) {
    if (possible.size() == 1) {
      return possible.get(0);
    }
    int at = options.size();
    options.add(possible.size());
    if (at == choices.size()) {
      choices.add(0);
    }
    return possible.get(choices.get(at));
  }

  /** What of the bounds is used up in one run. */
  private final class Progress {
    private int current = Move.NETWORK;
    private int calls;
    private int pauses;
    private int faults;

    /** The first one lets the process go on that is at it. */
    List<Move> moves(List<Integer> ready, Turns turns, Network network) {
      List<Move> possible = new ArrayList<>();
      boolean goesOn = ready.contains(current);
      if (goesOn) {
        addCall(possible, current, turns);
      }
      if (!goesOn || calls < bounds.calls && pauses < bounds.pauses) {
        ready.stream()
            .filter(process -> process != current)
            .forEach(process -> addCall(possible, process, turns));
      }
      if (network.carriesSomething()) {
        possible.add(new Move(Move.NETWORK, List.of()));
      }
      return possible;
    }

    private void addCall(List<Move> possible, int process, Turns turns) {
      possible.add(new Move(process, List.of()));
      if (faults < bounds.faults && !turns.isHeir(process)) {
        bounds.kinds.stream()
            .filter(kind -> kind.strikes(turns.verb(process)))
            .filter(kind -> process == current || !CRASHES.contains(kind))
            .forEach(kind -> possible.add(new Move(process, List.of(kind))));
      }
    }

    void take(Move move, List<Integer> ready) {
      if (move.process == Move.NETWORK) {
        return;
      }
      calls++;
      if (move.process != current && ready.contains(current)) {
        pauses++;
      }
      faults += move.faults.size();
      current = move.process;
    }
  }
}
