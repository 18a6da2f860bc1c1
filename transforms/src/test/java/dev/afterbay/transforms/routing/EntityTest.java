package dev.afterbay.transforms.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntityTest {
  @Test
  void theCapturesOfTheKeyComeBeforeThoseOfOtherAttributes() {
    Map<String, Template> match = new LinkedHashMap<>();
    match.put("SK", Template.parse("ORDER#{order_id}#{line}", '#'));
    match.put("PK", Template.parse("USER#{user_id}", '#'));

    Entity entity = entity("orders", match, Map.of("GSI1PK", Template.parse("S#{s}", '#')));

    assertThat(entity.captureNames()).containsExactly("order_id", "line", "user_id", "s");
  }

  @Test
  void anAttributeIsOnlyOneThing() {
    Map<String, Template> templates = Map.of("PK", Template.parse("USER#{user_id}", '#'));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> entity("orders", templates, templates))
        .withMessage(
            "The entity orders names the attribute 'PK' twice; it is matched, captured, omitted or"
                + " a column");
  }

  @Test
  void aNameFitsAFolder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entity("Orders", Map.of(), Map.of()))
        .withMessage(
            "'Orders' is not the name of an entity; those have lower-case letters, digits and '_',"
                + " and begin with a letter");
  }

  private static Entity entity(
      String name, Map<String, Template> match, Map<String, Template> capture) {
    return new Entity(name, match, Map.of(), capture, Set.of(), List.of(), true, Optional.empty());
  }
}
