package dev.afterbay.sinks.faults;

/** What happens to the calls of one writer. */
public interface Disturbance {
  /** Nothing. */
  Disturbance NONE =
      new Disturbance() {
        @Override
        public <T> T around(Call<T> call) {
          return call.apply();
        }
      };

  /** Stands in for a call. */
  <T> T around(Call<T> call);
}
