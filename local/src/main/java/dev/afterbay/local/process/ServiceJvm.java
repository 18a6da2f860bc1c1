package dev.afterbay.local.process;

import dev.afterbay.local.aws.LocalEndpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The service's own program, to be run in JVMs of its own, with a class path that holds nothing of
 * the local AWS.
 *
 * @param classPath as {@code java -cp} takes it
 * @param mainClass of the program
 * @param options of the JVM
 */
public record ServiceJvm(String classPath, String mainClass, List<String> options) {
  /** The system property that holds the service's class path. */
  public static final String CLASS_PATH = "afterbay.service.classpath";

  private static final String MAIN = "dev.afterbay.consumer.cli.Afterbay";

  /** A process of a minute gains nothing from the second compiler and pays for it at the start. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  /** Copies the options. */
  public ServiceJvm {
    options = List.copyOf(options);
  }

  /** The service as the launcher script knows it; empty if this JVM was started otherwise. */
  public static Optional<ServiceJvm> launched() {
    return Optional.ofNullable(System.getProperty(CLASS_PATH)).map(ServiceJvm::service);
  }

  /** The service on a class path that is known otherwise. */
  public static ServiceJvm service(String classPath) {
    return of(classPath, MAIN);
  }

  /** A program that is started soon rather than fast. */
  public static ServiceJvm of(String classPath, String mainClass) {
    return new ServiceJvm(classPath, mainClass, List.of(QUICK_START));
  }

  /** The same with more options of the JVM. */
  public ServiceJvm with(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new ServiceJvm(classPath, mainClass, all);
  }

  /** A process that is not started yet; it has credentials for the local AWS. */
  public ProcessBuilder command(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", classPath, mainClass));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("AWS_ACCESS_KEY_ID", LocalEndpoints.CREDENTIAL);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", LocalEndpoints.CREDENTIAL);
    return builder;
  }
}
