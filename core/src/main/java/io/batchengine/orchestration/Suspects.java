package io.batchengine.orchestration;

import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.ParkedFile.StartMark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files of one batch that may have killed the engine that ran them. They stand here until each has come to an end: a few at a time,
 * each marked in the store before its start; those that were marked when the engine was lost again, one after the other with nothing
 * else in flight. Until then the batch starts no other file. Confined to decisions.
 */
final class Suspects {
    private enum State {
        WAITING,
        MARKING,
        STARTED
    }

    private static final class Suspect {
        Again again;
        final int deaths;
        final boolean alone;
        State state = State.WAITING;
        StartMark mark;

        Suspect(Again again, int deaths, boolean alone, StartMark mark) {
            this.again = again;
            this.deaths = deaths;
            this.alone = alone;
            this.mark = mark;
        }
    }

    private final BatchRun run;
    private final TreeMap<Long, Suspect> suspects = new TreeMap<>(); // by ordinal

    Suspects(BatchRun run) {
        this.run = run;
    }

    void add(Again again, int deaths, boolean alone, StartMark found) {
        suspects.put(again.ordinal(), new Suspect(again, deaths, alone, found));
    }

    boolean isEmpty() {
        return suspects.isEmpty();
    }

    int size() {
        return suspects.size();
    }

    /** Has the next ones marked, as many as may run at a time. */
    void goOn() {
        if (suspects.isEmpty()) {
            return;
        }
        long started = suspects.values().stream()
                .filter(suspect -> suspect.state != State.WAITING)
                .count();
        if (nextAlone() != null) {
            if (started == 0) {
                run.engine.solitude.request(run);
            }
            return;
        }
        for (Suspect suspect : suspects.values()) {
            if (started >= Tuning.SUSPECTS_TOGETHER) {
                return;
            }
            if (suspect.state == State.WAITING) {
                started++;
                mark(suspect, StartMark.TOGETHER);
            }
        }
    }

    /** Nothing else is in flight, or did not end for too long: the next one that is to run alone may start. */
    void granted(boolean alone) {
        Suspect next = nextAlone();
        if (next == null) {
            run.engine.solitude.leave(run);
        } else {
            mark(next, alone ? StartMark.ALONE : StartMark.TOGETHER);
        }
    }

    /** It runs for so long that others are to start beside it: then its engine's loss tells nothing about it. */
    void noLongerAlone() {
        suspects.values().stream()
                .filter(suspect -> suspect.state == State.STARTED && suspect.mark == StartMark.ALONE)
                .forEach(suspect -> write(suspect, StartMark.TOGETHER));
    }

    /** A mark is recorded; true where the file is to be started now. */
    @Nullable
    Again marked(ParkedFile recorded) {
        Suspect suspect = suspects.get(recorded.ordinal());
        if (suspect == null || recorded.mark() != suspect.mark) {
            return null;
        }
        if (suspect.mark == StartMark.TOGETHER) {
            run.engine.solitude.leave(run);
        }
        if (suspect.state != State.MARKING) {
            return null;
        }
        suspect.state = State.STARTED;
        return suspect.again;
    }

    /** A file came to an end, be it a failure: it kills nobody. */
    void ended(long ordinal) {
        if (suspects.remove(ordinal) != null) {
            run.engine.solitude.leave(run);
        }
    }

    /** A file was not started after all; false where it is none of these. */
    boolean putBack(Again again) {
        Suspect suspect = suspects.get(again.ordinal());
        if (suspect == null) {
            return false;
        }
        suspect.again = again;
        suspect.state = State.WAITING;
        run.engine.solitude.leave(run);
        return true;
    }

    /** Nothing runs any more, and the batch is to be given back: the marks that stand would accuse the innocent. */
    void clearMarks() {
        run.engine.solitude.leave(run);
        for (Suspect suspect : suspects.values()) {
            if (suspect.mark != StartMark.NONE) {
                write(suspect, StartMark.NONE);
            }
        }
    }

    /** Starts nothing more; gives the files that were started before. */
    List<Again> close() {
        List<Again> tried = new ArrayList<>();
        suspects.values().stream()
                .filter(suspect -> suspect.state != State.STARTED && suspect.again.attempts() > 0)
                .forEach(suspect -> tried.add(suspect.again));
        suspects.clear();
        run.engine.solitude.leave(run);
        return tried;
    }

    private @Nullable Suspect nextAlone() {
        for (Suspect suspect : suspects.values()) {
            if (suspect.alone && suspect.state == State.WAITING) {
                return suspect;
            }
        }
        return null;
    }

    private void mark(Suspect suspect, StartMark mark) {
        suspect.state = State.MARKING;
        write(suspect, mark);
    }

    private void write(Suspect suspect, StartMark mark) {
        suspect.mark = mark;
        Again again = suspect.again;
        run.draft()
                .addParked(
                        new ParkedFile(again.ordinal(), again.attempts(), again.mapped(), null, suspect.deaths, mark));
        run.engine.committer.dirty(run.draft());
    }
}
