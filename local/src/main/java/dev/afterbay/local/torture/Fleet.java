package dev.afterbay.local.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The worker processes with their supervisor. No worker outlives this JVM. */
final class Fleet implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration GOODBYE = Duration.ofSeconds(40);

  private final List<Member> members;
  private final Thread end = new Thread(this::destroy, "end-workers");
  private final ScheduledExecutorService supervisor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "supervisor");
            thread.setDaemon(true);
            return thread;
          });
  private boolean starting;
  private boolean destroyed;
  private @Nullable RuntimeException failure;

  Fleet(List<Member> members) {
    this.members = List.copyOf(members);
    Runtime.getRuntime().addShutdownHook(end);
  }

  void start() {
    release();
    var unused =
        supervisor.scheduleWithFixedDelay(this::tend, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void tend() {
    if (destroyed) {
      return;
    }
    try {
      members.forEach(member -> member.tend(starting));
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Throws what the supervisor could not do. */
  synchronized void check() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Kills a worker; it comes back after a while. */
  synchronized boolean kill(Act act, Duration absence) {
    Optional<Member> victim = choose(act, member -> true);
    victim.ifPresent(member -> member.kill(absence));
    return victim.isPresent();
  }

  /** Kills a worker; another one comes in its place. */
  synchronized boolean replace(Act act) {
    Optional<Member> victim = choose(act, member -> true);
    victim.ifPresent(
        member -> {
          member.kill(Duration.ZERO);
          member.rename();
        });
    return victim.isPresent();
  }

  /** Stops a worker, which goes on after a while. */
  synchronized boolean pause(Act act, Duration length) {
    Optional<Member> victim = choose(act, member -> !member.paused());
    victim.ifPresent(member -> member.pause(length));
    return victim.isPresent();
  }

  /** Asks a worker to end; it comes back. */
  synchronized boolean terminate(Act act) {
    Optional<Member> victim = choose(act, member -> !member.paused());
    victim.ifPresent(Member::terminate);
    return victim.isPresent();
  }

  /** Kills the worker of this id, if it lives. */
  synchronized void kill(String workerId) {
    members.stream()
        .filter(member -> member.workerId().equals(workerId))
        .forEach(member -> member.kill(Duration.ZERO));
  }

  /** Kills all and starts all again. */
  synchronized void killAll() {
    members.forEach(member -> member.kill(Duration.ZERO));
  }

  /** Asks all to end, and starts each again. */
  synchronized void terminateAll() {
    members.forEach(Member::terminate);
  }

  /** Kills all and starts none, until {@link #release}; none lives when this returns. */
  void killAndHold() {
    synchronized (this) {
      starting = false;
      killAll();
    }
    await(() -> none(Member::alive), "The workers did not die.");
  }

  /** Starts who is missing. */
  synchronized void release() {
    starting = true;
  }

  /** Nobody is paused any more. */
  synchronized void resumeAll() {
    members.forEach(Member::resume);
  }

  /** Has all write into their logs what their threads do; where that is. */
  synchronized List<Path> dumpThreads() {
    return members.stream().flatMap(member -> member.dumpThreads().stream()).toList();
  }

  /** Asks all to end for good; waits for it. */
  void stop() {
    synchronized (this) {
      starting = false;
      terminateAll();
    }
    await(() -> none(Member::alive), "The workers did not end.");
    tend();
  }

  synchronized List<String> workerIds() {
    return members.stream().map(Member::workerId).toList();
  }

  private Optional<Member> choose(Act act, Predicate<Member> fit) {
    List<Member> candidates = members.stream().filter(Member::alive).filter(fit).toList();
    return candidates.isEmpty() ? Optional.empty() : Optional.of(act.among(candidates));
  }

  private synchronized boolean none(Predicate<Member> state) {
    return members.stream().noneMatch(state);
  }

  private void await(BooleanSupplier condition, String otherwise) {
    if (!Waiting.until(condition, GOODBYE)) {
      throw new TortureException(otherwise);
    }
  }

  private synchronized void destroy() {
    destroyed = true;
    members.forEach(Member::destroy);
  }

  @Override
  public void close() {
    destroy();
    supervisor.shutdownNow();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
  }
}
