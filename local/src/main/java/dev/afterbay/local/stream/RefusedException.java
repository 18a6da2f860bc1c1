package dev.afterbay.local.stream;

/** A call that is answered with an error. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault.Refusal refusal;

  RefusedException(Fault.Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  Fault.Refusal refusal() {
    return refusal;
  }
}
