package dev.afterbay.reconciliation.export;

import dev.afterbay.transforms.image.Item;
import java.time.Instant;
import java.util.List;

/** What exports in memory are made of. */
public interface TableHistory {
  /** The items at a moment. */
  List<Item> at(Instant moment);

  /** The net changes of a span of time, its end excluded. */
  List<NetChange> between(Instant from, Instant to);
}
