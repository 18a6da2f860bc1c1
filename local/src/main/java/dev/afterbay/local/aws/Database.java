package dev.afterbay.local.aws;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteStatement;
import com.amazonaws.services.dynamodbv2.local.shared.access.ShardIterator;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import com.amazonaws.services.dynamodbv2.model.Record;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * DynamoDB Local's database, which tells when a record was created to the second, as AWS does. It
 * knows the millisecond, but hands out the minute. It also tells all records of a table since its
 * creation; none is forgotten while the process lives.
 */
final class Database extends SQLiteDBAccess {
  private static final String TIMES =
      "SELECT SequenceNumber, CreationDateTime FROM us"
          + " WHERE StreamID = ? AND ShardID = ? AND SequenceNumber BETWEEN ? AND ?";
  private static final String CREATED = "SELECT CreationDateTime FROM dm WHERE TableName = ?";
  private static final String STREAMS =
      "SELECT StreamID, CreationDateTime, StreamStatus, StreamInfo FROM sm"
          + " WHERE TableName = ? AND CreationDateTime >= ? ORDER BY CreationDateTime";
  private static final String RECORDS =
      "SELECT CreationDateTime, StreamRecord FROM us WHERE StreamID = ? ORDER BY SequenceNumber";

  /**
   * A stream that a table has or had.
   *
   * @param info its view type and the table's keys, as JSON
   */
  record StreamRow(String id, long createdMillis, String status, String info) {}

  /** A stream record in the spelling of the database. */
  record RecordRow(long createdMillis, byte[] json) {}

  @Override
  public List<Record> getStreamRecords(Integer limit, ShardIterator iterator) {
    List<Record> records = super.getStreamRecords(limit, iterator);
    if (records.isEmpty()) {
      return records;
    }
    long first = number(records.get(0));
    long last = number(records.get(records.size() - 1));
    Map<Long, Long> times = ask(connection -> times(connection, iterator, first, last));
    for (Record record : records) {
      Long millis = times.get(number(record));
      if (millis != null) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(millis);
        record
            .getDynamodb()
            .setApproximateCreationDateTime(new Date(TimeUnit.SECONDS.toMillis(seconds)));
      }
    }
    return records;
  }

  /** When a table was created, if it exists. */
  Optional<Long> created(String table) {
    return ask(
        connection -> {
          SQLiteStatement query = connection.prepare(CREATED);
          try {
            query.bind(1, table);
            return query.step() ? Optional.of(query.columnLong(0)) : Optional.empty();
          } finally {
            query.dispose();
          }
        });
  }

  /** The streams of a table that was created then, oldest first. */
  List<StreamRow> streams(String table, long createdMillis) {
    return ask(
        connection -> {
          List<StreamRow> rows = new ArrayList<>();
          SQLiteStatement query = connection.prepare(STREAMS);
          try {
            query.bind(1, table).bind(2, createdMillis);
            while (query.step()) {
              rows.add(
                  new StreamRow(
                      query.columnString(0),
                      query.columnLong(1),
                      query.columnString(2),
                      query.columnString(3)));
            }
          } finally {
            query.dispose();
          }
          return rows;
        });
  }

  /** The records of a stream, oldest first. */
  List<RecordRow> records(StreamRow stream) {
    return ask(
        connection -> {
          List<RecordRow> rows = new ArrayList<>();
          SQLiteStatement query = connection.prepare(RECORDS);
          try {
            query.bind(1, stream.id());
            while (query.step()) {
              rows.add(new RecordRow(query.columnLong(0), query.columnBlob(1)));
            }
          } finally {
            query.dispose();
          }
          return rows;
        });
  }

  private static Map<Long, Long> times(
      SQLiteConnection connection, ShardIterator iterator, long first, long last)
      throws SQLiteException {
    Map<Long, Long> times = new HashMap<>();
    SQLiteStatement query = connection.prepare(TIMES);
    try {
      query.bind(1, iterator.streamId).bind(2, iterator.shardId).bind(3, first).bind(4, last);
      while (query.step()) {
        times.put(query.columnLong(0), query.columnLong(1));
      }
    } finally {
      query.dispose();
    }
    return times;
  }

  private static long number(Record record) {
    return Long.parseLong(record.getDynamodb().getSequenceNumber());
  }

  /** Asks in the one thread that the database has. */
  private <T> T ask(Query<T> query) {
    SQLiteJob<T> job =
        new SQLiteJob<>() {
          @Override
          protected T job(SQLiteConnection connection) throws Throwable {
            return query.ask(connection);
          }
        };
    try {
      return queue.execute(job).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while DynamoDB Local's database was asked", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("DynamoDB Local's database could not be asked", e);
    }
  }

  private interface Query<T> {
    T ask(SQLiteConnection connection) throws SQLiteException;
  }
}
