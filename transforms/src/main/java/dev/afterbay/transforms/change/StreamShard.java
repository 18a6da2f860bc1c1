package dev.afterbay.transforms.change;

/**
 * One shard, named so that it is unique for all time: the table, the incarnation of its stream, the
 * shard.
 *
 * @param table the source table
 * @param stream the label of the stream that the shard belongs to
 * @param shard the shard
 */
public record StreamShard(TableName table, StreamLabel stream, ShardId shard) {
  @Override
  public String toString() {
    return table + "/" + stream + "/" + shard;
  }
}
