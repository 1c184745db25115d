package io.batchengine.orchestration;

import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.DelayedFile.StartMark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files of one batch that may have killed the engine that ran them. They stand here until each has come to an end: a few at a time,
 * each marked in the store before its start; those that were marked when the engine was lost again, one after the other with nothing
 * else in flight. Until then the batch starts no other file. Confined to the serial executor.
 */
final class PoisonFiles {
    private enum State {
        WAITING,
        MARKING,
        STARTED
    }

    private static final class PoisonFile {
        RequeuedFile again;
        final int crashes;
        final boolean alone;
        State state = State.WAITING;
        StartMark mark;

        PoisonFile(RequeuedFile again, int crashes, boolean alone, StartMark mark) {
            this.again = again;
            this.crashes = crashes;
            this.alone = alone;
            this.mark = mark;
        }
    }

    private final BatchRun run;
    private final TreeMap<Long, PoisonFile> poisonFiles = new TreeMap<>(); // by ordinal

    PoisonFiles(BatchRun run) {
        this.run = run;
    }

    void add(RequeuedFile again, int crashes, boolean alone, StartMark found) {
        poisonFiles.put(again.ordinal(), new PoisonFile(again, crashes, alone, found));
    }

    boolean isEmpty() {
        return poisonFiles.isEmpty();
    }

    int size() {
        return poisonFiles.size();
    }

    /** Has the next ones marked, as many as may run at a time. */
    void goOn() {
        if (poisonFiles.isEmpty()) {
            return;
        }
        long started = poisonFiles.values().stream()
                .filter(poisonFile -> poisonFile.state != State.WAITING)
                .count();
        if (nextAlone() != null) {
            if (started == 0) {
                run.engine.isolation.request(run);
            }
            return;
        }
        for (PoisonFile poisonFile : poisonFiles.values()) {
            if (started >= Tuning.POISON_TOGETHER) {
                return;
            }
            if (poisonFile.state == State.WAITING) {
                started++;
                mark(poisonFile, StartMark.TOGETHER);
            }
        }
    }

    /** Nothing else is in flight, or did not end for too long: the next one that is to run alone may start. */
    void granted(boolean alone) {
        PoisonFile next = nextAlone();
        if (next == null) {
            run.engine.isolation.leave(run);
        } else {
            mark(next, alone ? StartMark.ALONE : StartMark.TOGETHER);
        }
    }

    /** It runs for so long that others are to start beside it: then its engine's loss tells nothing about it. */
    void noLongerAlone() {
        poisonFiles.values().stream()
                .filter(poisonFile -> poisonFile.state == State.STARTED && poisonFile.mark == StartMark.ALONE)
                .forEach(poisonFile -> write(poisonFile, StartMark.TOGETHER));
    }

    /** A mark is recorded; true where the file is to be started now. */
    @Nullable
    RequeuedFile marked(DelayedFile recorded) {
        PoisonFile poisonFile = poisonFiles.get(recorded.ordinal());
        if (poisonFile == null || recorded.mark() != poisonFile.mark) {
            return null;
        }
        if (poisonFile.mark == StartMark.TOGETHER) {
            run.engine.isolation.leave(run);
        }
        if (poisonFile.state != State.MARKING) {
            return null;
        }
        poisonFile.state = State.STARTED;
        return poisonFile.again;
    }

    /** A file came to an end, be it a failure: it kills nobody. */
    void ended(long ordinal) {
        if (poisonFiles.remove(ordinal) != null) {
            run.engine.isolation.leave(run);
        }
    }

    /** A file was not started after all; false where it is none of these. */
    boolean putBack(RequeuedFile again) {
        PoisonFile poisonFile = poisonFiles.get(again.ordinal());
        if (poisonFile == null) {
            return false;
        }
        poisonFile.again = again;
        poisonFile.state = State.WAITING;
        run.engine.isolation.leave(run);
        return true;
    }

    /** Nothing runs any more, and the batch is to be given back: the marks that stand would accuse the innocent. */
    void clearMarks() {
        run.engine.isolation.leave(run);
        for (PoisonFile poisonFile : poisonFiles.values()) {
            if (poisonFile.mark != StartMark.NONE) {
                write(poisonFile, StartMark.NONE);
            }
        }
    }

    /** Starts nothing more; gives the files that were started before. */
    List<RequeuedFile> close() {
        List<RequeuedFile> tried = new ArrayList<>();
        poisonFiles.values().stream()
                .filter(poisonFile -> poisonFile.state != State.STARTED && poisonFile.again.attempts() > 0)
                .forEach(poisonFile -> tried.add(poisonFile.again));
        poisonFiles.clear();
        run.engine.isolation.leave(run);
        return tried;
    }

    private @Nullable PoisonFile nextAlone() {
        for (PoisonFile poisonFile : poisonFiles.values()) {
            if (poisonFile.alone && poisonFile.state == State.WAITING) {
                return poisonFile;
            }
        }
        return null;
    }

    private void mark(PoisonFile poisonFile, StartMark mark) {
        poisonFile.state = State.MARKING;
        write(poisonFile, mark);
    }

    private void write(PoisonFile poisonFile, StartMark mark) {
        poisonFile.mark = mark;
        RequeuedFile again = poisonFile.again;
        run.draft()
                .addDelayed(new DelayedFile(
                        again.ordinal(), again.attempts(), again.mapped(), null, poisonFile.crashes, mark));
        run.engine.committer.dirty(run.draft());
    }
}
