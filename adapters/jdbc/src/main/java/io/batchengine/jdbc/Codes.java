package io.batchengine.jdbc;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.DelayedFile.StartMark;
import io.batchengine.spi.FileOutcome;
import java.util.List;

/** The numbers that stand for constants in the tables. They never change: what is written must be read by every later version. */
final class Codes {
    /** Statuses below this one are not terminal; the indexes say so too. */
    static final int FIRST_TERMINAL = 3;

    private static final List<BatchStatus> STATUSES = List.of(
            BatchStatus.PENDING,
            BatchStatus.THROTTLED,
            BatchStatus.RUNNING,
            BatchStatus.COMPLETED,
            BatchStatus.FAILED,
            BatchStatus.CANCELLED);
    private static final List<FileOutcome> OUTCOMES =
            List.of(FileOutcome.SUCCEEDED, FileOutcome.FAILED, FileOutcome.CANCELLED, FileOutcome.MAPPING_ERROR);
    private static final List<StartMark> MARKS = List.of(StartMark.NONE, StartMark.TOGETHER, StartMark.ALONE);

    private Codes() {}

    static int of(BatchStatus status) {
        return STATUSES.indexOf(status);
    }

    static BatchStatus status(int code) {
        return STATUSES.get(code);
    }

    static int of(FileOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> 0;
            case FAILED -> 1;
            case CANCELLED -> 2;
            case MAPPING_ERROR -> 3;
        };
    }

    static FileOutcome outcome(int code) {
        return OUTCOMES.get(code);
    }

    static int of(StartMark mark) {
        return MARKS.indexOf(mark);
    }

    static StartMark mark(int code) {
        return MARKS.get(code);
    }
}
