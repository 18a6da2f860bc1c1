package dev.afterbay.sinks.tostorage;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Afterbay asks of one bucket. Reads are strongly consistent. Nothing overwrites a visible
 * object, and only what is set aside, under another key, is deleted.
 *
 * <p>A request whose effect matters to the commit log answers with a value, "unknown" included. Any
 * other request that gets no answer throws {@link ObjectStoreException}. Adapters retry inside;
 * callers do not.
 */
public interface ObjectStore {
  /** The least size of a part that is not the last one, in bytes. */
  int MIN_PART_BYTES = 5 * 1024 * 1024;

  /** Puts an object if none stands under the key: of several at once, one is created. */
  PutAnswer putIfAbsent(ObjectKey key, byte[] content);

  /** The whole content of an object; empty if there is none. */
  Optional<byte[]> get(ObjectKey key);

  /**
   * A range of an object's content; empty if there is no such object.
   *
   * @param offset of the first byte; the range lies within the object
   * @param length at least 1
   */
  Optional<byte[]> get(ObjectKey key, long offset, int length);

  /** The object under a key; empty if there is none. */
  Optional<StoredObject> head(ObjectKey key);

  /**
   * The objects whose keys start with a prefix, in the order of their keys, read page by page as
   * the stream is consumed.
   *
   * @param startAfter only keys after this one; empty for all
   */
  Stream<StoredObject> list(String prefix, String startAfter);

  /** Begins a multipart upload: what it holds is invisible until it is completed. */
  UploadId begin(ObjectKey key);

  /**
   * Adds a part to an upload.
   *
   * @param number 1 for the first part
   * @param content at least {@link #MIN_PART_BYTES} unless it is the last part
   */
  UploadedPart uploadPart(ObjectKey key, UploadId upload, int number, ByteBuffer content);

  /** Makes an upload visible. */
  CompleteAnswer complete(StagedUpload upload);

  /** Drops an upload that was not completed; one that is gone already is no error. */
  void abort(ObjectKey key, UploadId upload);

  /** Copies an object as it is; whatever stands under the other key is replaced. */
  CopyAnswer copy(ObjectKey from, ObjectKey to);

  /** Deletes an object; one that is gone already is no error. */
  void delete(ObjectKey key);

  /** Whether an upload still waits to be completed. */
  UploadState stateOf(ObjectKey key, UploadId upload);
}
