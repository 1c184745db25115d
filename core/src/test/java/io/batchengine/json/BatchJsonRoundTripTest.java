package io.batchengine.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchJsonRoundTripTest {
    private static final List<BatchStatus> STATUSES = List.of(BatchStatus.values());

    private final BatchJson json = BatchJson.acceptingAnyType();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void any_batch_is_read_as_it_was_written(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Batch batch = batch(random);

            String text = json.write(batch);

            assertThat(json.readBatch(text)).as("seed %d, round %d", seed, i).isEqualTo(batch);
            assertThat(json.readBatch(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(batch);
            assertThat(json.write(json.readBatch(text))).isEqualTo(text);
        }
    }

    private static Batch batch(Random random) {
        List<BatchResult> results = null;
        if (random.nextBoolean()) {
            results = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                results.add(result(random));
            }
        }
        return Batch.builder()
                .id(Ids.newBatchId(time(random).toEpochMilli(), random))
                .config(BatchConfig.of(type(random), text(random, 1, 20)))
                .projectId(text(random, 1, Ids.MAX_LENGTH / 2))
                .sourceDirectoryId(text(random, 1, 300))
                .status(STATUSES.get(random.nextInt(STATUSES.size())))
                .createdAt(random.nextBoolean() ? time(random) : null)
                .updatedAt(random.nextBoolean() ? time(random) : null)
                .results(results)
                .build();
    }

    private static BatchResult result(Random random) {
        return random.nextBoolean()
                ? BatchResult.ofMappingError(text(random, 1, 40), text(random, 0, 40) + "\0")
                : BatchResult.ofJob(text(random, 1, 40), new JobReference(text(random, 1, 40), type(random)));
    }

    private static JobType type(Random random) {
        return JobType.of("t" + Integer.toUnsignedString(random.nextInt(), 36));
    }

    private static Instant time(Random random) {
        return Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L));
    }

    /** Any valid Unicode without NUL: the rule for ids. */
    private static String text(Random random, int minLength, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(minLength, maxLength); i > 0; i--) {
            int c = random.nextBoolean() ? random.nextInt(1, 0x80) : random.nextInt(1, Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '"' : c);
        }
        return text.toString();
    }
}
