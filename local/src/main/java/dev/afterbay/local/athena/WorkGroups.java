package dev.afterbay.local.athena;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.awsjson.Asked;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workgroups: any name is one, enabled and without a place for results, until it is changed.
 */
final class WorkGroups {
  private static final String NAME = "WorkGroup";

  private final Set<String> absent = ConcurrentHashMap.newKeySet();
  private final Set<String> disabled = ConcurrentHashMap.newKeySet();

  void drop(String workgroup) {
    absent.add(workgroup);
  }

  void disable(String workgroup) {
    disabled.add(workgroup);
  }

  ObjectNode get(Asked asked) {
    String name = asked.text(NAME);
    if (absent.contains(name)) {
      throw AthenaCalls.invalid("WorkGroup " + name + " is not found.");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode workgroup = answer.putObject(NAME);
    workgroup.put("Name", name).put("State", disabled.contains(name) ? "DISABLED" : "ENABLED");
    workgroup.putObject("Configuration");
    return answer;
  }
}
