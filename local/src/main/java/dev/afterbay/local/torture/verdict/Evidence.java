package dev.afterbay.local.torture.verdict;

import dev.afterbay.transforms.change.StreamShard;
import java.util.List;
import java.util.Map;

/**
 * All that a verdict is founded on.
 *
 * @param written every record that was appended
 * @param parents of each shard that continues another
 * @param found every row that stands in the lake
 * @param twins every row that stands in the typed table
 * @param gaps that the lake admits
 * @param trims that were done to the stream
 */
public record Evidence(
    List<Written> written,
    Map<StreamShard, StreamShard> parents,
    List<Found> found,
    List<Twin> twins,
    List<Gap> gaps,
    List<Trim> trims) {
  /** Copies all of it. */
  public Evidence {
    written = List.copyOf(written);
    parents = Map.copyOf(parents);
    found = List.copyOf(found);
    twins = List.copyOf(twins);
    gaps = List.copyOf(gaps);
    trims = List.copyOf(trims);
  }
}
