package dev.afterbay.local.doctor;

import dev.afterbay.consumer.doctor.Verdict;

/**
 * Something wrong with a set-up, and what the doctor must say of it.
 *
 * @param does breaks the good set-up
 * @param check which finds it
 * @param found words of the finding
 * @param fix words of the way out
 */
record Ailment(String name, Act does, String check, Verdict verdict, String found, String fix) {
  /** What breaks. */
  interface Act {
    void on(Ward ward) throws Exception;
  }

  static Ailment failing(String name, Act does, String check, String found, String fix) {
    return new Ailment(name, does, check, Verdict.FAILED, found, fix);
  }

  static Ailment warned(String name, Act does, String check, String found, String fix) {
    return new Ailment(name, does, check, Verdict.WARN, found, fix);
  }

  @Override
  public String toString() {
    return name;
  }
}
