package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.pipeline.ReadingPoint;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The checkpoints of an application, for whoever takes logs back while no worker runs. */
public final class Checkpoints {
  private final LeaseRepair leases;

  /** The checkpoints in an application's lease table. */
  public Checkpoints(AwsClients aws, String application) {
    this.leases = new LeaseRepair(aws.dynamoDb(), application);
  }

  /**
   * Sets a shard's checkpoint back, unless it is there or before. A lease that is gone needs none:
   * workers read on from the log.
   *
   * @param position of the shard's log; empty if nothing of the shard is in it
   */
  public void setBack(ShardId shard, Optional<SequenceNumber> position) {
    ReadingPoint point =
        position.<ReadingPoint>map(ReadingPoint.After::new).orElseGet(ReadingPoint.Horizon::new);
    try {
      leases.setBackIfAhead(shard, point);
    } catch (ResourceNotFoundException e) {
      // No worker of this application has ever run, or somebody has deleted the table.
    }
  }
}
