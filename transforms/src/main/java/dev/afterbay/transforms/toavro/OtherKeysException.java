package dev.afterbay.transforms.toavro;

/** A change whose keys are not those with which its table was described. */
public final class OtherKeysException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  OtherKeysException(String message) {
    super(message);
  }
}
