package io.batchengine.jdbc.kill;

import io.batchengine.model.JobType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a run does, drawn from its seed, so that parent and child know it without telling each other.
 *
 * @param batches the batches
 */
record Workload(List<PlannedBatch> batches) {
    static final JobType TYPE = JobType.of("kill_v1");
    static final String JOB_PREFIX = "kil-";
    static final String PROJECT = "prj-kill";

    /** How much there is to do. */
    enum Shape {
        /** Ends within a second or two, so that a run sees some kills and a new one begins. */
        KILLS(1, 4, 1, 2_000, 15_000),
        /** A few files that halt their process. */
        KILLERS(2, 2, 20, 60, 5_000),
        /** Slow enough that a stopped process always holds something. */
        ZOMBIES(3, 3, 400, 600, 40_000),
        /** As many files as fill a small disk. */
        DISK(2, 2, 6_000, 8_000, 4_000),
        /** Small, for a trace of every system call. */
        TRACE(2, 2, 1_200, 1_500, 8_000),
        /** Some files whose end the database refuses as it is. */
        REFUSED(1, 2, 40, 160, 5_000),
        /** As the first; the store is put back to a copy now and then. */
        RESTORED(1, 3, 1, 1_200, 15_000),
        /** 10,000 files in 50 batches. */
        MANY(50, 50, 200, 200, 25_000);

        private final int minBatches;
        private final int maxBatches;
        private final int minFiles;
        private final int maxFiles;
        private final int slowMicros;

        Shape(int minBatches, int maxBatches, int minFiles, int maxFiles, int slowMicros) {
            this.minBatches = minBatches;
            this.maxBatches = maxBatches;
            this.minFiles = minFiles;
            this.maxFiles = maxFiles;
            this.slowMicros = slowMicros;
        }
    }

    static Workload of(long seed, Shape shape) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = random.nextInt(shape.minBatches, shape.maxBatches + 1);
        List<PlannedBatch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(i, random, shape));
        }
        return new Workload(List.copyOf(batches));
    }

    PlannedBatch of(String directoryId) {
        return batches.get(PlannedBatch.indexOf(directoryId));
    }

    int files() {
        return batches.stream().mapToInt(PlannedBatch::files).sum();
    }

    private static PlannedBatch batch(int index, SplittableRandom random, Shape shape) {
        boolean mixed = shape == Shape.KILLS || shape == Shape.RESTORED;
        int files = mixed ? drawn(random, shape) : random.nextInt(shape.minFiles, shape.maxFiles + 1);
        boolean cancelled = mixed && random.nextInt(8) == 0;
        return new PlannedBatch(
                index,
                random.nextLong(),
                files,
                random.nextInt(1, 4),
                cancelled ? random.nextInt(files + 1) : -1,
                mixed && files > 1 && random.nextInt(15) == 0,
                shape == Shape.KILLERS ? random.nextInt(files) : -1,
                shape.slowMicros,
                shape == Shape.REFUSED ? 40 : 0);
    }

    /** Empty now and then, small about as often as big. */
    private static int drawn(SplittableRandom random, Shape shape) {
        if (random.nextInt(20) == 0) {
            return 0;
        }
        return random.nextBoolean()
                ? random.nextInt(shape.maxFiles / 5, shape.maxFiles)
                : (int) Math.round(Math.exp(random.nextDouble() * Math.log(shape.maxFiles)));
    }
}
