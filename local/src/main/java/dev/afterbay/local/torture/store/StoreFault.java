package dev.afterbay.local.torture.store;

/** What happens to a request instead of its proper answer. */
enum StoreFault {
  /** 503, and nothing was done. */
  REFUSED("503 before"),
  /** Nothing was done; the connection is held for a while, then cut. */
  HANG_THEN_CUT("hang, then cut"),
  /** Done late, and answered properly. */
  SLOW_REQUEST("slow request"),
  /** Done at once, answered late. */
  SLOW_ANSWER("slow answer"),
  /** The connection is cut at once, and the request is done later all the same. */
  CUT_THEN_DONE("cut, done later"),
  /** Done, and then the connection is cut. */
  DONE_THEN_CUT("done, then cut"),
  /** Done, but answered with 500. */
  DONE_THEN_FAILED("done, then 500"),
  /** Done, but answered with 503. */
  DONE_THEN_REFUSED("done, then 503"),
  /** A completion that was not done, and is answered with an error inside of a 200. */
  ERROR_IN_200("error in 200") {
    @Override
    boolean fits(StoreCall call) {
      return call == StoreCall.COMPLETE_UPLOAD;
    }
  },
  /** A completion that was done, and is answered with an error inside of a 200. */
  DONE_THEN_ERROR_IN_200("done, then error in 200") {
    @Override
    boolean fits(StoreCall call) {
      return call == StoreCall.COMPLETE_UPLOAD;
    }
  },
  /** 409: another conditional request is under way, which is not true; nothing was done. */
  CONFLICT("409 conflict") {
    @Override
    boolean fits(StoreCall call) {
      return call == StoreCall.PUT_IF_ABSENT;
    }
  };

  private final String title;

  StoreFault(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether S3 may do this to such a call. */
  boolean fits(StoreCall call) {
    return true;
  }
}
