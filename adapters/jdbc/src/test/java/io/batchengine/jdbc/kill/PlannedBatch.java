package io.batchengine.jdbc.kill;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A batch as its run's seed has it.
 *
 * @param index its number in the run
 * @param seed what its files are drawn from
 * @param files how many files its directory has, duplicates apart
 * @param maxAttempts how often a job is started at the most, crashes apart
 * @param cancelAfter the settled files after which it is cancelled, or -1
 * @param overLimit whether it may have fewer files than its directory has
 * @param killer the file that halts its process, or -1
 * @param slowMicros how long a slow job takes at the most
 * @param unkept of about so many files one fails with a message that the database refuses; 0 for none
 */
record PlannedBatch(
        int index,
        long seed,
        int files,
        int maxAttempts,
        int cancelAfter,
        boolean overLimit,
        int killer,
        int slowMicros,
        int unkept) {
    /** What the database refuses in a message: one does so in its ASCII form too, the other does not. */
    static final List<String> MARKS = List.of("unkeepable", "\u4e2d");

    /** Behind the digits that order them; each has to come back from the database as it went in. */
    private static final String[] SUFFIXES = {
        "", ".pdf", " \u00fc", "\n\r\t", "\u202e", "\ud835\udcb3", "'; drop table file; --", "%_\\", "{}\"", "\u0001"
    };

    String key() {
        return "key-" + index;
    }

    String directoryId() {
        return "dir-" + index;
    }

    static int indexOf(String directoryId) {
        return Integer.parseInt(directoryId.substring("dir-".length()));
    }

    BatchOptions options() {
        RetryPolicy retry = RetryPolicy.of(maxAttempts).withBackoff(Duration.ofMillis(1), Duration.ofMillis(20));
        return BatchOptions.DEFAULT.withRetry(retry).withMaxFiles(overLimit ? files / 2 : Ids.MAX_ORDINAL);
    }

    String fileId(long ordinal) {
        return Text.format("f-%06d%s", ordinal, SUFFIXES[draw(ordinal, 1).nextInt(SUFFIXES.length)]);
    }

    static int ordinalOf(String fileId) {
        return Integer.parseInt(fileId.substring(2, 8));
    }

    FileKind kind(long ordinal) {
        if (ordinal == killer) {
            return FileKind.KILLER;
        }
        return unkept > 0 && draw(ordinal, 5).nextInt(unkept) == 0
                ? FileKind.UNKEPT
                : FileKind.drawn(draw(ordinal, 2).nextInt(100));
    }

    /** Whether the directory lists the file a second time. */
    boolean isDuplicate(long ordinal) {
        return draw(ordinal, 3).nextInt(50) == 0;
    }

    /** How long the job of a slow or asynchronous file takes. */
    Duration time(long ordinal) {
        return Duration.ofNanos(1_000L * draw(ordinal, 4).nextInt(slowMicros / 10, slowMicros));
    }

    /** What is told of a file that fails. */
    static String message(long ordinal) {
        return Text.format("file %d does not go well", ordinal);
    }

    /** The same, as the database refuses it. */
    static String unkeptMessage(long ordinal) {
        return message(ordinal) + ": " + MARKS.get((int) (ordinal % MARKS.size()));
    }

    boolean mayEndAs(BatchStatus status) {
        return switch (status) {
            case COMPLETED -> !overLimit;
            case FAILED -> overLimit;
            case CANCELLED -> cancelAfter >= 0;
            default -> false;
        };
    }

    private SplittableRandom draw(long ordinal, int what) {
        return new SplittableRandom(seed ^ (ordinal * 0x9e37_79b9_7f4a_7c15L) ^ ((long) what << 56));
    }
}
