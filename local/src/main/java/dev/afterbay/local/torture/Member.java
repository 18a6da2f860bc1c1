package dev.afterbay.local.torture;

import dev.afterbay.local.process.ServiceJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in the fleet that a supervisor keeps filled: when its worker has ended, whatever the
 * cause, another one is started. Not safe for use by several threads.
 */
final class Member {
  static final String STARTED = "workers started";
  static final String KILLED = "kills";
  static final String PAUSED = "pauses";
  static final String STOPPED_ITSELF = "stopped itself";
  static final String STOPPED_BADLY = "stopped badly";
  static final String TOO_SLOW = "too slow to stop";

  private static final int TERMINATED_EARLY = 143;

  /** As long as a supervisor waits after SIGTERM, before it kills. */
  private static final Duration GOODBYE = Duration.ofSeconds(30);

  private static final Duration RESTART = Duration.ofMillis(500);

  private final String name;
  private final Path config;
  private final Path logs;
  private final ServiceJvm program;
  private final Journal journal;
  private final InstantSource clock;

  private String workerId;
  private int lives;
  private int ids = 1;
  private @Nullable Process process;
  private Path log;
  private boolean expected;
  private Instant startAt = Instant.MIN;
  private @Nullable Instant killAt;
  private @Nullable Instant resumeAt;

  Member(
      String name,
      Path config,
      Path logs,
      ServiceJvm program,
      Journal journal,
      InstantSource clock) {
    this.name = name;
    this.config = config;
    this.logs = logs;
    this.program = program;
    this.journal = journal;
    this.clock = clock;
    this.workerId = name;
    this.log = logs;
  }

  String workerId() {
    return workerId;
  }

  boolean alive() {
    return process != null && process.isAlive();
  }

  boolean paused() {
    return resumeAt != null;
  }

  /** Ends the worker at once; the next one comes after a while. */
  void kill(Duration absence) {
    if (process != null && process.isAlive()) {
      journal.note("kill -9 " + this);
      journal.count(KILLED);
      expected = true;
      killAt = null;
      startAt = clock.instant().plus(absence);
      process.destroyForcibly();
    }
  }

  /** The next worker has an id that there never was. */
  void rename() {
    workerId = name + "-" + ++ids;
  }

  void terminate() {
    if (process != null && process.isAlive() && killAt == null) {
      resume();
      journal.note("SIGTERM to " + this);
      expected = true;
      startAt = clock.instant();
      killAt = clock.instant().plus(GOODBYE);
      process.destroy();
    }
  }

  void pause(Duration length) {
    if (process != null && process.isAlive() && resumeAt == null) {
      journal.note("kill -STOP %s for %.1f s".formatted(this, length.toMillis() / 1e3));
      journal.count(PAUSED);
      Signals.stop(process);
      resumeAt = clock.instant().plus(length);
    }
  }

  void resume() {
    if (process != null && resumeAt != null) {
      resumeAt = null;
      if (process.isAlive()) {
        journal.note("kill -CONT " + this);
        Signals.resume(process);
      }
    }
  }

  /** Does what is due: notices an end, goes on after a pause, kills what does not end, starts. */
  void tend(boolean start) {
    Instant now = clock.instant();
    if (process != null && !process.isAlive()) {
      ended(process);
      process = null;
    }
    if (process == null) {
      if (start && !now.isBefore(startAt)) {
        process = launch();
      }
      return;
    }
    if (resumeAt != null && !now.isBefore(resumeAt)) {
      resume();
    }
    if (killAt != null && !now.isBefore(killAt)) {
      journal.count(TOO_SLOW);
      kill(Duration.ZERO);
    }
  }

  private void ended(Process gone) {
    resumeAt = null;
    boolean asked = killAt != null;
    killAt = null;
    int code = gone.exitValue();
    // SIGTERM ends a JVM that has only just begun at once, with a code of its own.
    if (expected && (!asked || code == 0 || code == TERMINATED_EARLY)) {
      journal.note("%s has ended with %d".formatted(this, code));
      return;
    }
    String sentence = LastSentence.of(log);
    String how = asked ? STOPPED_BADLY : STOPPED_ITSELF;
    journal.note("%s %s with %d: %s (%s)".formatted(this, how, code, sentence, log));
    journal.count(how);
    journal.stoppedItself((asked ? "after SIGTERM: " : "") + LastSentence.reason(sentence));
    if (!expected) {
      startAt = clock.instant().plus(RESTART);
    }
  }

  private Process launch() {
    lives++;
    log = logs.resolve("%s-%03d.log".formatted(workerId, lives));
    expected = false;
    try {
      Process started =
          program
              .command("run", "--config", config.toString(), "--worker-id", workerId)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      journal.count(STARTED);
      journal.note("started %s as process %d".formatted(this, started.pid()));
      return started;
    } catch (IOException e) {
      throw new TortureException("A worker cannot be started: " + e.getMessage(), e);
    }
  }

  /** Has the worker write into its log what its threads do; where that is, if there is a worker. */
  Optional<Path> dumpThreads() {
    if (process == null || !process.isAlive()) {
      return Optional.empty();
    }
    Signals.dumpThreads(process);
    return Optional.of(log);
  }

  /** Ends the worker, whatever it does. */
  void destroy() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public String toString() {
    return workerId + " (life " + lives + ")";
  }
}
