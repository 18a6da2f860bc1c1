package dev.afterbay.consumer.config;

/**
 * The health and metrics server.
 *
 * @param port 0 to 65535; 0 switches it off
 */
public record HttpConfig(int port) {
  /** Port 8080. */
  public static final HttpConfig DEFAULT = new HttpConfig(8080);

  /** Whether there is a server at all. */
  public boolean enabled() {
    return port != 0;
  }
}
