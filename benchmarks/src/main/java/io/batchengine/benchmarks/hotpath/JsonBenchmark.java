package io.batchengine.benchmarks.hotpath;

import io.batchengine.json.BatchJson;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JSON: a batch with a thousand results, one in a hundred a mapping error, is written to a stream or a string, and read. Times are per result. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class JsonBenchmark {
    private static final int RESULTS = 1_000;
    private static final JobType TYPE = JobType.of("parse_v2");

    private final BatchJson json = BatchJson.acceptingAnyType();
    private final Batch batch = batch();
    private final String text = json.write(batch);

    private static Batch batch() {
        String id = Ids.newBatchId(1_767_225_600_000L, new Random(1));
        List<BatchResult> results = new ArrayList<>();
        for (int i = 0; i < RESULTS; i++) {
            String fileId = Text.format("dfl-contracts/2026/document-%05d.pdf", i);
            results.add(
                    i % 100 == 99
                            ? BatchResult.ofMappingError(fileId, "the file can't be read")
                            : BatchResult.ofJob(fileId, new JobReference(Ids.proposedJobId("pjb-", id, i), TYPE)));
        }
        return Batch.builder()
                .id(id)
                .config(BatchConfig.of(TYPE, "cfg-default"))
                .projectId("prj-default")
                .sourceDirectoryId("dir-contracts")
                .status(BatchStatus.COMPLETED)
                .createdAt(Instant.EPOCH)
                .updatedAt(Instant.EPOCH)
                .results(results)
                .build();
    }

    /**
     * Writes it to a stream.
     *
     * @throws IOException never
     */
    @Benchmark
    @OperationsPerInvocation(RESULTS)
    public void writeToStream() throws IOException {
        json.write(batch, OutputStream.nullOutputStream());
    }

    /**
     * Writes it to a string.
     *
     * @return the text
     */
    @Benchmark
    @OperationsPerInvocation(RESULTS)
    public String writeToString() {
        return json.write(batch);
    }

    /**
     * Reads it.
     *
     * @return the batch
     */
    @Benchmark
    @OperationsPerInvocation(RESULTS)
    public Batch read() {
        return json.readBatch(text);
    }
}
