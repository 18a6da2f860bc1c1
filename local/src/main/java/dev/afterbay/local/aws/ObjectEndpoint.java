package dev.afterbay.local.aws;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * The S3 endpoint: buckets are the folders of a directory, objects are plain files in them. It
 * takes any credentials, as DynamoDB Local does.
 */
final class ObjectEndpoint {
  private static final int THREADS = 64;
  private static final long STOP_MILLIS = 1_000;

  private final S3Proxy server;

  private ObjectEndpoint(S3Proxy server) {
    this.server = server;
  }

  static ObjectEndpoint start(Path root, int port) throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(root.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.NONE, "", "")
            .jettyMaxThreads(THREADS)
            .stopTimeout(STOP_MILLIS)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    return new ObjectEndpoint(server);
  }

  int port() {
    return server.getPort();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  void stop() throws Exception {
    server.stop();
  }
}
