package dev.afterbay.sinks.tostorage;

import dev.afterbay.sinks.tostorage.ObjectStoreException.Kind;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Translates the client's exceptions of one bucket, once. */
final class S3Failures {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private final String bucket;

  S3Failures(String bucket) {
    this.bucket = bucket;
  }

  /** A request through the client. */
  @FunctionalInterface
  interface Request<T> {
    T send();
  }

  static boolean isPreconditionFailed(SdkException e) {
    return status(e) == PRECONDITION_FAILED;
  }

  /** A HEAD has no body and so no code: there any 404 means that the key has no object. */
  static boolean isNoSuchKey(SdkException e) {
    String code = code(e);
    return status(e) == NOT_FOUND && !"NoSuchBucket".equals(code) && !"NoSuchUpload".equals(code);
  }

  static boolean isNoSuchUpload(SdkException e) {
    return "NoSuchUpload".equals(code(e));
  }

  /** What stand-ins say that keep no versions, where S3 lists the only one. */
  static boolean isNotImplemented(SdkException e) {
    return status(e) == NOT_IMPLEMENTED;
  }

  <T> T translating(String verb, String key, Request<T> request) {
    try {
      return request.send();
    } catch (SdkException e) {
      throw translate(verb, key, e);
    }
  }

  /** The same stream, whose later pages fail as our exceptions too. */
  <T> Stream<T> translatingStream(String verb, String key, Stream<T> stream) {
    Iterator<T> source = stream.iterator();
    Iterator<T> translated =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return translating(verb, key, source::hasNext);
          }

          @Override
          public T next() {
            return translating(verb, key, source::next);
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(translated, Spliterator.ORDERED), false);
  }

  ObjectStoreException translate(String verb, String key, SdkException e) {
    boolean refused = status(e) == FORBIDDEN || "NoSuchBucket".equals(code(e));
    return new ObjectStoreException(
        refused ? Kind.REFUSED : Kind.UNAVAILABLE, describe(verb, key, e), e);
  }

  String describe(String verb, String key, SdkException e) {
    String what = "Could not " + verb + " '" + key + "' in bucket '" + bucket + "': ";
    if (status(e) == FORBIDDEN) {
      return what + "access denied (" + e.getMessage() + "); allow it in the role of this process";
    }
    if ("NoSuchBucket".equals(code(e))) {
      return what + "there is no such bucket; create it or correct 'lake'";
    }
    return what + e.getMessage();
  }

  private static int status(SdkException e) {
    return e instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  private static String code(SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String code = service.awsErrorDetails().errorCode();
      return code == null ? "" : code;
    }
    return "";
  }
}
