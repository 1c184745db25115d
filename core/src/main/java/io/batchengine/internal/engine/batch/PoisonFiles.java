package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.engine.dispatch.DispatchHost;
import io.batchengine.internal.engine.dispatch.IsolatedFiles;
import io.batchengine.internal.engine.dispatch.Isolation;
import io.batchengine.internal.engine.job.RequeuedFile;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.DelayedFile.StartMark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files of one batch that may have killed the engine that ran them. They stand here until each has come to an end: a few at a time,
 * each marked in the store before its start; those that were marked when the engine was lost again, one after the other with nothing
 * else in flight. Until then the batch starts no other file. Confined to the serial executor.
 */
final class PoisonFiles implements IsolatedFiles {
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

    private final DispatchHost host;
    private final Isolation isolation;
    private final Consumer<DelayedFile> record;
    private final TreeMap<Long, PoisonFile> poisonFiles = new TreeMap<>(); // by ordinal

    PoisonFiles(DispatchHost host, Isolation isolation, Consumer<DelayedFile> record) {
        this.host = host;
        this.isolation = isolation;
        this.record = record;
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
                isolation.request(this);
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

    @Override
    public DispatchHost host() {
        return host;
    }

    @Override
    public void granted(boolean alone) {
        PoisonFile next = nextAlone();
        if (next == null) {
            isolation.leave(this);
        } else {
            mark(next, alone ? StartMark.ALONE : StartMark.TOGETHER);
        }
    }

    @Override
    public void noLongerAlone() { // then its engine's loss tells nothing about it
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
            isolation.leave(this);
        }
        if (poisonFile.state != State.MARKING) {
            return null;
        }
        poisonFile.state = State.STARTED;
        return poisonFile.again;
    }

    /** A file came to an end, be it a failure: it kills nobody. */
    void ended(long ordinal) {
        if (!poisonFiles.isEmpty() && poisonFiles.remove(ordinal) != null) { // asked for each file: no boxing
            isolation.leave(this);
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
        isolation.leave(this);
        return true;
    }

    /** Nothing runs any more, and the batch is to be released: the marks that stand would accuse the innocent. */
    void clearMarks() {
        isolation.leave(this);
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
        isolation.leave(this);
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
        record.accept(
                DelayedFile.of(again.ordinal(), again.attempts(), again.mapped(), null, poisonFile.crashes, mark));
    }
}
