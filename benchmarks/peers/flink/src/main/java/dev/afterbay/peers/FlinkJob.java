package dev.afterbay.peers;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.fromstream.StreamRecordDecoder;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.dynamodb.source.DynamoDbStreamsSource;
import org.apache.flink.connector.dynamodb.source.serialization.DynamoDbStreamsDeserializationSchema;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.avro.typeutils.GenericRecordAvroTypeInfo;
import org.apache.flink.formats.parquet.ParquetBuilder;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.util.Collector;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * A stream to Parquet as a user of Flink would do it, tuned: objects are reused, no rest between
 * polls, shards are looked for each second. The rows are made by Afterbay's own code, so that only
 * the way there differs: {@code ENDPOINT STREAM-ARN FOLDER PARALLELISM CHECKPOINT-MILLIS}.
 */
public final class FlinkJob {
  private static final List<String> PLAIN =
      List.of(
          "cdc_seq", "cdc_event_id", "cdc_digest", "cdc_old_digest", "new_image", "old_image");

  private FlinkJob() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Configuration source = new Configuration();
    source.setString("aws.region", "us-east-1");
    source.setString("aws.endpoint", arguments[0]);
    source.setString("flink.stream.initpos", "TRIM_HORIZON");
    source.setString("flink.shard.discovery.intervalmillis", "1 s");
    source.setString("flink.dynamodbstreams.getrecords.nonempty.mindelay", "0 ms");
    Configuration settings = new Configuration();
    // What fails is to be seen, and not to be measured again and again.
    settings.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment flink =
        StreamExecutionEnvironment.createLocalEnvironment(
            Integer.parseInt(arguments[3]), settings);
    flink.getConfig().enableObjectReuse();
    flink.enableCheckpointing(Long.parseLong(arguments[4]));
    flink
        .fromSource(
            DynamoDbStreamsSource.<GenericRecord>builder()
                .setStreamArn(arguments[1])
                .setSourceConfig(source)
                .setDeserializationSchema(new Rows())
                .build(),
            WatermarkStrategy.noWatermarks(),
            "stream",
            new GenericRecordAvroTypeInfo(table().schema()))
        .sinkTo(
            FileSink.forBulkFormat(
                    new Path(arguments[2]), new ParquetWriterFactory<>(new Writers()))
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build());
    flink.execute("peer");
  }

  static ChangesTable table() {
    return new ChangesTable(
        List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.S)));
  }

  /** A writer for each file, with the settings of Afterbay's files. */
  private static final class Writers implements ParquetBuilder<GenericRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ParquetWriter<GenericRecord> createWriter(OutputFile out) throws IOException {
      AvroParquetWriter.Builder<GenericRecord> builder =
          AvroParquetWriter.<GenericRecord>builder(out)
              .withSchema(table().schema())
              .withDataModel(GenericData.get())
              .withRowGroupSize(64L * 1024 * 1024)
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .config("parquet.compression.codec.zstd.level", "1");
      for (String column : PLAIN) {
        builder.withDictionaryEncoding(column, false);
      }
      return builder.build();
    }
  }

  /** A record as a row of raw changes. */
  private static final class Rows implements DynamoDbStreamsDeserializationSchema<GenericRecord> {
    private static final long serialVersionUID = 1L;
    private transient ChangesTable table;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
      table = table();
    }

    @Override
    public void deserialize(
        Record record, String stream, String shard, Collector<GenericRecord> out)
        throws IOException {
      try {
        ChangeEvent event = StreamRecordDecoder.decode(record);
        String[] arn = stream.split("/", -1);
        StreamShard from =
            new StreamShard(
                new TableName(arn[1]), new StreamLabel(arn[arn.length - 1]), new ShardId(shard));
        out.collect(table.row(from, event, event.approximateCreation()));
      } catch (UndecodableRecordException e) {
        throw new IOException(e);
      }
    }

    @Override
    public TypeInformation<GenericRecord> getProducedType() {
      return new GenericRecordAvroTypeInfo(table().schema());
    }
  }
}
