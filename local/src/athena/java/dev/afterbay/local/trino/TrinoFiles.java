package dev.afterbay.local.trino;

import dev.afterbay.local.aws.LocalEndpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server is started with: its configuration and its command.
 *
 * @param dir the folder for its files
 * @param port on which it is to listen
 */
record TrinoFiles(Path dir, int port) {
  static final String PROPERTY = "afterbay.it.trino";
  private static final String CONFIG = "etc/config.properties";

  /** Writes the configuration of a server whose catalog {@code hive} is Glue on S3. */
  void write(URI glue, URI s3) throws IOException {
    Path catalogs = Files.createDirectories(dir.resolve("etc/catalog"));
    Files.writeString(
        dir.resolve(CONFIG),
        """
        coordinator=true
        node-scheduler.include-coordinator=true
        http-server.http.port=%1$d
        discovery.uri=http://127.0.0.1:%1$d
        node.environment=local
        node.bind-ip=127.0.0.1
        node.internal-address=127.0.0.1
        plugin.dir=%2$s
        catalog.management=dynamic
        """
            .formatted(port, home().resolve("plugin")));
    Files.writeString(
        catalogs.resolve("hive.properties"),
        """
        connector.name=hive
        hive.metastore=glue
        hive.metastore.glue.endpoint-url=%1$s
        hive.metastore.glue.region=us-east-1
        hive.metastore.glue.aws-access-key=%3$s
        hive.metastore.glue.aws-secret-key=%3$s
        hive.metastore-cache-ttl=0s
        hive.table-statistics-enabled=false
        hive.partition-projection-enabled=true
        hive.recursive-directories=true
        fs.native-s3.enabled=true
        s3.endpoint=%2$s
        s3.region=us-east-1
        s3.path-style-access=true
        s3.aws-access-key=%3$s
        s3.aws-secret-key=%3$s
        """
            .formatted(glue, s3, LocalEndpoints.CREDENTIAL));
  }

  List<String> command() {
    return List.of(
        JavaHome.find().resolve("bin/java").toString(),
        "-Xmx1g",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djdk.attach.allowAttachSelf=true",
        "--enable-native-access=ALL-UNNAMED",
        "-Dconfig=" + dir.resolve(CONFIG),
        "-cp",
        home().resolve("lib") + "/*",
        "io.trino.server.TrinoServer");
  }

  Path log() {
    return dir.resolve("trino.log");
  }

  /** The end of the log, for people. */
  String lastLines() {
    try (Stream<String> lines = Files.lines(log())) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - 40), all.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** The unpacked Trino. */
  private static Path home() {
    Path home = Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
    if (!Files.isDirectory(home.resolve("plugin/hive"))) {
      throw new IllegalStateException(
          ("There is no Trino with its Hive plugin in %s: build with -Pathena, which unpacks one, or"
                  + " name its folder by -D%s")
              .formatted(home, PROPERTY));
    }
    return home;
  }
}
