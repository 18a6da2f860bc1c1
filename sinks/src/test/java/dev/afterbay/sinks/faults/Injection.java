package dev.afterbay.sinks.faults;

/** A fault that waits for its call. */
public final class Injection implements Disturbance {
  private final Fault fault;
  private final Network network;
  private final int delay;
  private volatile boolean reached;
  private volatile boolean struck;

  /**
   * A fault that waits for its call.
   *
   * @param delay after how many calls of any writer a late request arrives; at least 1
   */
  public Injection(Fault fault, Network network, int delay) {
    this.fault = fault;
    this.network = network;
    this.delay = delay;
  }

  /** Whether there was such a call. */
  public boolean reached() {
    return reached;
  }

  /** Whether there was such a call and the fault came about. */
  public boolean struck() {
    return struck;
  }

  @Override
  public <T> T around(Call<T> call) {
    network.tick();
    if (call.number() != fault.call()) {
      return call.apply();
    }
    reached = true;
    if (!fault.kind().strikes(call.verb())) {
      return call.apply();
    }
    struck = true;
    return fault.kind().at(call, network, delay);
  }
}
