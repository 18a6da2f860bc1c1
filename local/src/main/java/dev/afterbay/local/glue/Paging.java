package dev.afterbay.local.glue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.awsjson.Asked;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;

/**
 * A long list, a page a call. The token is the last name of the page before, so that nothing is
 * missed nor shown twice when the list changes in between.
 */
final class Paging {
  private static final int MOST = 100;

  private Paging() {}

  static ObjectNode page(Asked asked, String field, SortedMap<String, ObjectNode> all) {
    int size = asked.number("MaxResults", MOST);
    if (size < 1 || size > MOST) {
      throw GlueErrors.invalid("MaxResults is %d, and has to be 1 to %d".formatted(size, MOST));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode page = answer.putArray(field);
    Iterator<Map.Entry<String, ObjectNode>> rest = rest(asked, all).entrySet().iterator();
    while (rest.hasNext() && page.size() < size) {
      Map.Entry<String, ObjectNode> next = rest.next();
      page.add(next.getValue());
      if (page.size() == size && rest.hasNext()) {
        answer.put("NextToken", next.getKey());
      }
    }
    return answer;
  }

  private static SortedMap<String, ObjectNode> rest(
      Asked asked, SortedMap<String, ObjectNode> all) {
    // The least text after a name is the name and a zero.
    return asked.optional("NextToken").map(last -> all.tailMap(last + '\0')).orElse(all);
  }
}
