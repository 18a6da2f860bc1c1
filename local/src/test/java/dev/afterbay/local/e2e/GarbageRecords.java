package dev.afterbay.local.e2e;

import java.util.LinkedHashMap;
import java.util.Map;

/** Records of a stream that cannot become changes. */
final class GarbageRecords {
  private static final String KEYS = "\"Keys\":{\"PK\":{\"S\":\"hunter2\"},\"SK\":{\"S\":\"s\"}}";
  private static final String TIME = "\"ApproximateCreationDateTime\":1.7637E9";

  private GarbageRecords() {}

  /** Records that DynamoDB would never write, by the reason for which each is set aside. */
  static Map<String, String> byReason() {
    Map<String, String> garbage = new LinkedHashMap<>();
    garbage.put(
        "has the unknown eventName 'COMPACT'",
        record("\"eventName\":\"COMPACT\"", TIME + "," + KEYS));
    garbage.put("has no eventName", record("\"awsRegion\":\"x\"", TIME + "," + KEYS));
    garbage.put("has no Keys", record("\"eventName\":\"INSERT\"", TIME));
    garbage.put(
        "has no ApproximateCreationDateTime",
        record("\"eventName\":\"INSERT\"", KEYS + ",\"NewImage\":{}"));
    garbage.put(
        "has no NewImage, though it is of kind MODIFY",
        record("\"eventName\":\"MODIFY\"", TIME + "," + KEYS));
    garbage.put("has an unusable N in NewImage", inserted("{\"N\":\"" + "9".repeat(200) + "\"}"));
    garbage.put(
        "has a value without a type, or of one that this version does not know in NewImage",
        inserted("{\"X\":[\"hunter2\"]}"));
    garbage.put(
        "has a value of several types at once in NewImage",
        inserted("{\"S\":\"hunter2\",\"N\":\"1\"}"));
    garbage.put("has an unusable SS in NewImage", inserted("{\"SS\":[]}"));
    garbage.put("has an unusable S in NewImage", inserted("{\"S\":\"hunter2 \\ud83d\"}"));
    garbage.put(
        "does not have the keys that its table was read with",
        record(
            "\"eventName\":\"INSERT\"",
            TIME + ",\"Keys\":{\"Other\":{\"S\":\"hunter2\"}},\"NewImage\":{}"));
    return garbage;
  }

  private static String inserted(String value) {
    return record(
        "\"eventName\":\"INSERT\"", TIME + "," + KEYS + ",\"NewImage\":{\"a\":" + value + "}");
  }

  private static String record(String outer, String change) {
    return "{\"eventID\":\"%s\","
        + outer
        + ",\"dynamodb\":{\"SequenceNumber\":\"%s\","
        + change
        + ",\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}";
  }
}
