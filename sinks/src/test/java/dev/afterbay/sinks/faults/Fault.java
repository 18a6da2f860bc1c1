package dev.afterbay.sinks.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One fault at one call of a writer.
 *
 * @param kind what goes wrong
 * @param call at which, from 1
 */
public record Fault(Kind kind, int call) {
  /** What goes wrong at a call. */
  public enum Kind {
    /** The process ends before the request is sent. */
    CRASH_BEFORE,
    /** The request is applied, and the process ends. */
    CRASH_AFTER,
    /** The request is applied only when the call is released, which did not return until then. */
    HANG_BEFORE,
    /** The request is applied, but the call does not return before it is released. */
    HANG_AFTER,
    /** 412, though nothing stands there; not applied. */
    PRECONDITION_FAILED(Verb.PUT),
    /** 409: the request met another on the same key and was not applied. */
    CONFLICT(Verb.PUT, Verb.COMPLETE),
    /** 503, not applied. */
    SLOW_DOWN,
    /** 403, not applied. */
    DENIED,
    /** 200 with an error in the body; not applied. */
    ERROR_IN_BODY(Verb.COMPLETE),
    /** No answer, and the request never arrives. */
    LOST,
    /** No answer, but the request was applied. */
    APPLIED_UNHEARD,
    /** No answer, and the request arrives only some calls later. */
    APPLIED_LATE,
    /** The first answer is lost, and the adapter's own second attempt is answered. */
    REPEATED,
    /** A listing breaks off after its first object. */
    LISTING_CUT(Verb.LIST),
    /** The writer's uploads vanish, as by a lifecycle rule or by hand; then the call goes on. */
    UPLOADS_VANISH;

    private final Set<Verb> verbs;

    Kind() {
      this.verbs = EnumSet.allOf(Verb.class);
    }

    Kind(Verb... verbs) {
      this.verbs = Set.of(verbs);
    }

    /** All kinds but some. */
    public static List<Kind> allBut(Kind... some) {
      return Arrays.stream(values()).filter(kind -> !List.of(some).contains(kind)).toList();
    }

    /** Whether it can come about at such a call. */
    public boolean strikes(Verb verb) {
      return verbs.contains(verb);
    }

    /**
     * Lets it come about.
     *
     * @param network carries what is late and holds what hangs
     * @param delay after how many calls of any writer the network delivers what is late
     */
    public <T> T at(Call<T> call, Network network, int delay) {
      return switch (this) {
        case CRASH_BEFORE -> throw new Crash();
        case CRASH_AFTER -> {
          call.apply();
          throw new Crash();
        }
        case HANG_BEFORE -> {
          network.hang();
          yield call.apply();
        }
        case HANG_AFTER -> {
          T answer = call.apply();
          network.hang();
          yield answer;
        }
        case PRECONDITION_FAILED -> call.answer(Reply.PRECONDITION_FAILED);
        case CONFLICT -> call.answer(Reply.CONFLICT);
        case SLOW_DOWN -> call.answer(Reply.SLOW_DOWN);
        case DENIED -> call.answer(Reply.DENIED);
        case ERROR_IN_BODY -> call.answer(Reply.ERROR_IN_BODY);
        case LOST -> call.answer(Reply.NONE);
        case APPLIED_UNHEARD -> {
          call.apply();
          yield call.answer(Reply.NONE);
        }
        case APPLIED_LATE -> {
          network.send(call, delay);
          yield call.answer(Reply.NONE);
        }
        case REPEATED -> {
          call.apply();
          yield call.apply();
        }
        case LISTING_CUT -> call.cut().apply();
        case UPLOADS_VANISH -> {
          call.loseUploads();
          yield call.apply();
        }
      };
    }
  }
}
