package dev.afterbay.local.aws;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteLibraryLoader;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;
import dev.afterbay.local.export.ExportedTables;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.logging.log4j.simple.SimpleLoggerContextFactory;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * DynamoDB Local inside this process, without its own server and telemetry, one database for all
 * clients whatever their credentials and region.
 */
final class Engine implements Operation {
  /** Held, so that the level set below is not collected: it warns of a missing JAXB. */
  private static final Logger VENDOR_LOG = Logger.getLogger("com.amazonaws");

  private static final String TARGET = "X-Amz-Target";
  private static final int JOB_THREADS = 10;

  private final LocalDBClient database;
  private final LocalDynamoDBServerHandler handler;
  private final LocalTables exported;

  /**
   * Held alone by whoever deletes a table. The engine answers calls that run into a deletion with
   * internal errors.
   */
  private final ReadWriteLock tables = new ReentrantReadWriteLock();

  private Engine(LocalDBClient database, Database rows) {
    this.database = database;
    this.exported = new LocalTables(rows);
    this.handler = new LocalDynamoDBServerHandler(new EngineRequests(database), null);
  }

  static Engine inMemory() {
    silence();
    loadSqlite();
    JobsRegister jobs = new JobsRegister(Executors.newFixedThreadPool(JOB_THREADS), false);
    Database rows = new Database();
    return new Engine(new LocalDBClient(rows, jobs), rows);
  }

  /** It logs every client error with a stack trace; the client gets the error itself. */
  private static void silence() {
    System.setProperty("log4j2.loggerContextFactory", SimpleLoggerContextFactory.class.getName());
    System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    VENDOR_LOG.setLevel(Level.SEVERE);
  }

  private static void loadSqlite() {
    try {
      SQLiteLibraryLoader.initialize();
    } catch (Exception e) {
      throw new LocalAwsException(
          "DynamoDB Local has no SQLite library for this machine (%s %s); it knows Linux, macOS and Windows."
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
          e);
    }
  }

  @Override
  public Answer answer(Call call) {
    Lock lock = call.operation().equals("DeleteTable") ? tables.writeLock() : tables.readLock();
    lock.lock();
    try {
      return ask(call);
    } finally {
      lock.unlock();
    }
  }

  private Answer ask(Call call) {
    Captured captured = new Captured(call.http(), call.sink());
    try {
      handler.handle(new Replayed(call), captured, Callback.NOOP);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local failed on " + call.operation(), e);
    }
    return captured.answer();
  }

  /** The tables as exports see them. */
  ExportedTables tables() {
    return exported;
  }

  /** Closes every open shard and opens a child of it. */
  void rollShards() {
    database.triggerShardRollovers();
  }

  void stop() {
    database.shutdownNow();
  }

  /** A client's request with the target and the body of a call. */
  private static final class Replayed extends Request.Wrapper {
    private final HttpFields headers;
    private final Content.Source content;

    Replayed(Call call) {
      super(call.http());
      headers =
          HttpFields.build(call.http().getHeaders())
              .put(new HttpField(TARGET, call.target()))
              .put(HttpHeader.CONTENT_LENGTH, call.body().length);
      content = Content.Source.from(ByteBuffer.wrap(call.body()));
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }

    @Override
    public long getLength() {
      return content.getLength();
    }

    @Override
    public Content.Chunk read() {
      return content.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
      content.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
      content.fail(failure);
    }
  }

  /** Keeps what is written instead of sending it. */
  private static final class Captured extends Response.Wrapper {
    private final HttpFields.Mutable headers = HttpFields.build();
    private int status = 200;
    private byte[] body = {};

    Captured(Request request, Response sink) {
      super(request, sink);
    }

    @Override
    public int getStatus() {
      return status;
    }

    @Override
    public void setStatus(int code) {
      status = code;
    }

    @Override
    public HttpFields.Mutable getHeaders() {
      return headers;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      body = new byte[content.remaining()];
      content.get(body);
      callback.succeeded();
    }

    Answer answer() {
      return new Answer(status, body);
    }
  }
}
