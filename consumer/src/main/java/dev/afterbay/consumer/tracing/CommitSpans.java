package dev.afterbay.consumer.tracing;

import dev.afterbay.sinks.commit.CommitObserver;
import dev.afterbay.sinks.commit.CommitPhase;
import dev.afterbay.sinks.commit.CommitWatch;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.transforms.change.StreamShard;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A span for each commit, with one for each of its parts: stage, put entry, publish, checkpoint.
 * Their attributes are the log's vocabulary, never a word of what is committed.
 */
public final class CommitSpans implements CommitObserver {
  static final AttributeKey<String> TABLE = AttributeKey.stringKey("table");
  static final AttributeKey<String> SHARD = AttributeKey.stringKey("shardId");
  static final AttributeKey<String> COMMIT = AttributeKey.stringKey("commitId");
  static final AttributeKey<String> WORKER = AttributeKey.stringKey("workerId");
  static final AttributeKey<String> LAST = AttributeKey.stringKey("sequenceNumber");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  static final AttributeKey<Long> RECORDS = AttributeKey.longKey("records");
  static final AttributeKey<Long> FILES = AttributeKey.longKey("files");

  private final Tracer tracer;
  private final String workerId;

  /** The last commit of each shard that has no checkpoint yet. */
  private final Map<StreamShard, Commit> unchecked = new ConcurrentHashMap<>();

  private record Commit(Context context, Attributes attributes) {}

  CommitSpans(Tracer tracer, String workerId) {
    this.tracer = tracer;
    this.workerId = workerId;
  }

  /** Spans that nobody sees. */
  public static CommitSpans none() {
    return new CommitSpans(OpenTelemetry.noop().getTracer(""), "");
  }

  @Override
  public CommitWatch begins(StreamShard shard, CommitId id) {
    Attributes attributes =
        Attributes.of(
            TABLE, shard.table().value(),
            SHARD, shard.shard().value(),
            COMMIT, id.value(),
            WORKER, workerId);
    Span span = tracer.spanBuilder("commit").setNoParent().setAllAttributes(attributes).startSpan();
    return new Watch(shard, span, new Commit(Context.root().with(span), attributes));
  }

  /** A checkpoint begins that belongs to the shard's last commit. */
  public Checkpoint checkpoint(StreamShard shard) {
    Commit commit = unchecked.remove(shard);
    return new Checkpoint(commit == null ? Span.getInvalid() : part("checkpoint", commit));
  }

  private Span part(String name, Commit commit) {
    return tracer
        .spanBuilder(name)
        .setParent(commit.context())
        .setAllAttributes(commit.attributes())
        .startSpan();
  }

  /** A checkpoint that is being written. */
  public static final class Checkpoint {
    private final Span span;

    private Checkpoint(Span span) {
      this.span = span;
    }

    /** It could not be written. */
    public void failed(Exception failure) {
      fail(span, failure);
    }

    /** It is over. */
    public void ends() {
      span.end();
    }
  }

  /** The class alone: a message may say what it likes. */
  private static void fail(Span span, Exception failure) {
    span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
  }

  private final class Watch implements CommitWatch {
    private final StreamShard shard;
    private final Span span;
    private final Commit commit;
    private @Nullable CommitPhase phase;
    private Span part = Span.getInvalid();

    Watch(StreamShard shard, Span span, Commit commit) {
      this.shard = shard;
      this.span = span;
      this.commit = commit;
    }

    @Override
    public void enters(CommitPhase next) {
      if (next != phase) {
        part.end();
        phase = next;
        part = part(name(next), commit);
      }
    }

    @Override
    public void ends(Outcome outcome) {
      part.end();
      if (outcome instanceof Outcome.Committed committed) {
        span.setAttribute(OUTCOME, "committed");
        span.setAttribute(LAST, committed.entry().last().toString());
        span.setAttribute(RECORDS, committed.entry().records());
        span.setAttribute(FILES, (long) committed.entry().files().size());
        if (span.isRecording()) {
          unchecked.put(shard, commit);
        }
      } else if (outcome instanceof Outcome.Superseded) {
        span.setAttribute(OUTCOME, "superseded");
      } else {
        span.setAttribute(OUTCOME, "halted");
        span.setStatus(StatusCode.ERROR, ((Outcome.Halted) outcome).halt().name());
      }
      span.end();
    }

    @Override
    public void fails(RuntimeException failure) {
      part.end();
      fail(span, failure);
      span.end();
    }

    private static String name(CommitPhase phase) {
      return switch (phase) {
        case STAGE -> "stage";
        case PUT_ENTRY -> "put entry";
        case GIVE_WAY -> "give way";
        case PUBLISH -> "publish";
      };
    }
  }
}
