package dev.afterbay.sinks.rows;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Router;
import dev.afterbay.transforms.toavro.TypedTable.Sight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the entities of a router see of a change. */
final class Sights {
  private Sights() {}

  /** What an entity sees of a change. */
  record Seen(Entity entity, Sight sight) {}

  /** An item that changes its entity leaves one and enters the other. */
  static List<Seen> of(Router router, ChangeEvent event) {
    Entity before = entity(router, event.oldImage());
    Entity after = entity(router, event.newImage());
    if (before != null && after != null && before.name().equals(after.name())) {
      return List.of(
          new Seen(after, new Sight(event.operation(), event.newImage(), event.oldImage())));
    }
    List<Seen> seen = new ArrayList<>(2);
    if (before != null) {
      seen.add(new Seen(before, new Sight(Operation.REMOVE, null, event.oldImage())));
    }
    if (after != null) {
      seen.add(new Seen(after, new Sight(Operation.INSERT, event.newImage(), null)));
    }
    return seen;
  }

  private static @Nullable Entity entity(Router router, @Nullable Image image) {
    return image == null ? null : router.route(image.item());
  }
}
