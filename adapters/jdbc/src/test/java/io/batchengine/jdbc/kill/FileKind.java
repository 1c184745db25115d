package io.batchengine.jdbc.kill;

import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;

/** How the job of a file goes. */
enum FileKind {
    FAST(60, FileOutcome.SUCCEEDED),
    SLOW(14, FileOutcome.SUCCEEDED),
    ASYNC(10, FileOutcome.SUCCEEDED),
    OWN_ID(4, FileOutcome.SUCCEEDED),
    /** Its factory is not ready at the first request of each process. */
    NOT_NOW(1, FileOutcome.SUCCEEDED),
    /** Fails once, and succeeds with its second attempt, where there is one. */
    RETRIED(3, FileOutcome.SUCCEEDED),
    /** Fails with every attempt. */
    EXHAUSTED(2, FileOutcome.FAILED),
    FAILING(2, FileOutcome.FAILED),
    THROWING(2, FileOutcome.FAILED),
    REFUSED(2, FileOutcome.MAPPING_ERROR),
    /** Halts its process. Never drawn: a workload puts it where it wants it. */
    KILLER(0, FileOutcome.FAILED),
    /** Fails with a message that the database refuses, where it refuses any. Never drawn, as above. */
    UNKEPT(0, FileOutcome.FAILED);

    private static final int TOTAL = 100;

    private final int weight;
    private final FileOutcome outcome;

    FileKind(int weight, FileOutcome outcome) {
        this.weight = weight;
        this.outcome = outcome;
    }

    /** How such a file ends in a batch that is not cancelled. */
    FileOutcome outcome(int maxAttempts) {
        return this == RETRIED && maxAttempts == 1 ? FileOutcome.FAILED : outcome;
    }

    /** A kind by its weight; {@code point} is below a hundred. */
    static FileKind drawn(int point) {
        int rest = point;
        for (FileKind kind : values()) {
            rest -= kind.weight;
            if (rest < 0) {
                return kind;
            }
        }
        throw new IllegalArgumentException(Text.format("%d is not below %d", point, TOTAL));
    }
}
