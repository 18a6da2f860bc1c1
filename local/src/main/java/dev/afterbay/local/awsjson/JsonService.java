package dev.afterbay.local.awsjson;

import com.fasterxml.jackson.databind.JsonNode;

/** What a service says to its calls. Several threads call at once. */
@FunctionalInterface
public interface JsonService {
  /**
   * Carries a call out.
   *
   * @param operation its name, for example {@code GetTable}
   * @param request the body as it was sent
   * @return the body of the answer
   * @throws RefusedCallException when the caller is to get an error
   */
  JsonNode answer(String operation, JsonNode request);
}
