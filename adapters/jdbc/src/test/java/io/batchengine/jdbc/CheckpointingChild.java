package io.batchengine.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A process that opens a store, creates batches, makes checkpoints, closes it and opens it again, for ever; it tells what was acknowledged. */
final class CheckpointingChild {
    private CheckpointingChild() {}

    public static void main(String[] args) {
        AtomicLong nanos = new AtomicLong();
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
        JdbcBatchStore.sqlite(Path.of(args[0] + ".first")).close(); // loads the classes
        say("R");
        for (int life = 0; ; life++) {
            try (JdbcBatchStore store = JdbcBatchStore.sqlite(Path.of(args[0]), nanos::get)) {
                if (!store.notes().isEmpty()) {
                    say("N " + store.notes());
                }
                TestBatches batches = new TestBatches(store);
                int rounds = random.nextInt(12);
                for (int round = 0; round < rounds; round++) {
                    String id = "bat-" + args[1] + "-" + life + "-" + round;
                    batches.create(id);
                    say("A " + id);
                    if (random.nextBoolean()) {
                        batches.claim("one");
                        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
                        batches.claim("one");
                    }
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
