package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.Problems;
import io.batchengine.internal.engine.job.RequeuedFile;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Timer;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Files of one batch that wait for a retry. Up to a bound they wait in memory, the ones due first; the others wait in the store alone,
 * cost no memory, and are read back in the order of their due times when half of the bound is free. So no number of waiting files keeps
 * the others of the batch from running. Confined to the serial executor, apart from the read itself.
 *
 * <p>All that wait in memory are due before all that wait in the store. What the store tells of a file is old as long as the file stands
 * in {@link #held}: it waits, was started, or is about to wait in the store alone. It leaves when that is recorded and no read is under
 * way which may have begun before.
 */
final class DelayedFiles {
    private static final class Delay {
        final RequeuedFile again;
        final DuePlace place;
        Timer.@Nullable Timeout timeout;
        boolean recorded;
        boolean waited;

        Delay(RequeuedFile again, DuePlace place, boolean recorded) {
            this.again = again;
            this.place = place;
            this.recorded = recorded;
        }
    }

    private static final Duration READ_AGAIN = Duration.ofSeconds(1);

    private final RunState run;
    private final DelayHost host;
    private final SettledOrdinals ordinals;
    private final BooleanSupplier keepsUp; // the store
    private final Work work;
    private final PoisonFiles poisonFiles;
    private final int bound;
    private final Map<Long, Delay> held = new HashMap<>(); // by ordinal
    private final TreeMap<DuePlace, Delay> waiting = new TreeMap<>();
    private final Map<Long, Delay> leaving = new LinkedHashMap<>(); // to wait in the store alone
    private long stored; // files that wait in the store alone
    private @Nullable DuePlace storedFrom; // none of them, and none that is leaving, has a place before this one
    private boolean reading;
    private boolean pausing; // until the wait after a read that failed or found nothing new is over
    private @Nullable String damage; // of what waits in the store, to be told when no write of the batch is under way
    private Instant takenUp = Instant.MIN;
    private volatile Instant lastDue = Instant.EPOCH;

    DelayedFiles(
            RunState run,
            DelayHost host,
            SettledOrdinals ordinals,
            Work work,
            PoisonFiles poisonFiles,
            BooleanSupplier keepsUp) {
        this.run = run;
        this.host = host;
        this.ordinals = ordinals;
        this.keepsUp = keepsUp;
        this.work = work;
        this.poisonFiles = poisonFiles;
        this.bound = run.engine.tuning.delayedInMemory();
    }

    /** So many files wait in the store alone since before this engine took the batch up, none of them due before the first. */
    void recover(long files, @Nullable Instant firstDue) {
        takenUp = run.clock.now();
        stored = files;
        storedFrom = firstDue == null ? null : new DuePlace(firstDue, 0);
    }

    /** Sets a file aside until it is due and its attempts are recorded: so no crash forgets that it was tried. */
    void delay(RequeuedFile again, Instant due, boolean recorded) {
        Delay delay = new Delay(again, new DuePlace(due, again.ordinal()), recorded);
        lastDue = due.isAfter(lastDue) ? due : lastDue;
        held.put(again.ordinal(), delay);
        boolean first = storedFrom == null || delay.place.compareTo(storedFrom) < 0;
        if (first && hasRoomFor(delay.place)) {
            keep(delay);
        } else {
            leave(delay);
        }
    }

    /** How long the last of them waits, as far as this engine has set them aside or read them back; zero for none. Any thread. */
    Duration longestWait(Instant now) {
        Duration wait = Duration.between(now, lastDue);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** A file of which a waiting retry is recorded is started, and counts as waiting no more. */
    void started(RequeuedFile again) {
        held.put(again.ordinal(), new Delay(again, DuePlace.FIRST, true));
    }

    /** What is told of a waiting file is recorded. */
    void recorded(DelayedFile file) {
        Delay delay = held.get(file.ordinal());
        if (delay == null || file.notBefore() == null || file.attempts() != delay.again.attempts()) {
            return;
        }
        delay.recorded = true;
        if (leaving.containsKey(file.ordinal())) {
            left(delay);
        } else {
            startIfReady(delay);
        }
    }

    /** A file is settled. */
    void ended(long ordinal) {
        Delay delay = held.remove(ordinal);
        if (delay != null) {
            waiting.remove(delay.place, delay);
            leaving.remove(ordinal);
            cancelTimeout(delay);
        }
    }

    /** Whether none waits that its batch would have to settle before it may end. */
    boolean isEmpty() {
        return stored == 0 && leaving.isEmpty() && !reading;
    }

    boolean isReading() {
        return reading;
    }

    /** Reads back what waits in the store alone, if there is room for it, or if it is to be settled. */
    void goOn() {
        if (damage != null && !host.isWriting()) {
            run.engine.serial.submit(this::tellDamage);
        }
        if (stored == 0 || reading || pausing || damage != null) {
            return;
        }
        boolean settles = run.settlesUnrun();
        boolean starts = host.mayStart() && inMemory() <= bound / 2;
        if (settles ? keepsUp.getAsBoolean() : starts) {
            read(settles ? bound : bound - inMemory());
        }
    }

    /** Starts nothing more; gives back those that wait in memory. */
    List<RequeuedFile> close() {
        List<RequeuedFile> tried = new ArrayList<>();
        List<Delay> all = new ArrayList<>(waiting.values());
        all.addAll(leaving.values());
        for (Delay delay : all) {
            cancelTimeout(delay);
            held.remove(delay.again.ordinal());
            tried.add(delay.again);
        }
        waiting.clear();
        leaving.clear();
        return tried;
    }

    private int inMemory() {
        return waiting.size() + work.due() + poisonFiles.size();
    }

    /** Whether a file may wait in memory; the one that is due last there makes room. */
    private boolean hasRoomFor(DuePlace place) {
        if (inMemory() < bound) {
            return true;
        }
        Map.Entry<DuePlace, Delay> latest = waiting.lastEntry();
        if (latest == null || latest.getKey().compareTo(place) < 0) {
            return false;
        }
        waiting.remove(latest.getKey());
        leave(latest.getValue());
        return true;
    }

    private void keep(Delay delay) {
        waiting.put(delay.place, delay);
        Duration left = Duration.between(run.clock.now(), delay.place.due());
        Duration longest = run.batch.options().retry().maxBackoff(); // whatever the clocks say
        Duration wait = left.isNegative() ? Duration.ZERO : left.compareTo(longest) < 0 ? left : longest;
        delay.timeout = run.engine.later(
                () -> {
                    delay.waited = true;
                    if (startIfReady(delay)) {
                        run.changed();
                    }
                },
                wait);
    }

    private boolean startIfReady(Delay delay) {
        if (!delay.recorded || !delay.waited || !waiting.remove(delay.place, delay)) {
            return false;
        }
        work.addDue(delay.again); // it stays held until it is settled or waits again
        return true;
    }

    private void leave(Delay delay) {
        cancelTimeout(delay);
        leaving.put(delay.again.ordinal(), delay);
        storedFrom = earlier(storedFrom, delay.place);
        if (delay.recorded) {
            left(delay);
        }
    }

    private void left(Delay delay) {
        if (!reading) {
            long ordinal = delay.again.ordinal();
            leaving.remove(ordinal);
            held.remove(ordinal);
            ordinals.leave(ordinal);
            stored++;
        }
    }

    private void read(int limit) {
        reading = true;
        DuePlace from = storedFrom == null ? DuePlace.FIRST : storedFrom;
        DelayedQuery query = DelayedQuery.of(run.batch.id(), from.due(), from.ordinal(), limit);
        run.engine.serial.afterwards(() -> run.engine.io(() -> {
            try {
                List<FileRecord> read = DelayedAnswer.checked(run.engine.store.delayed(query), query);
                run.engine.serial.submit(() -> readBack(read, limit, from));
            } catch (Throwable failure) {
                run.engine.serial.submit(() -> failed(failure));
            }
        }));
    }

    private void readBack(List<FileRecord> read, int limit, DuePlace from) {
        reading = false;
        if (run.isGone()) {
            return;
        }
        long before = stored;
        for (FileRecord file : read) {
            if (!held.containsKey(file.ordinal()) && ordinals.isOpen(file.ordinal())) {
                take(file);
            }
        }
        boolean none = stored == before;
        boolean last = read.size() < limit;
        storedFrom =
                last ? null : DelayedAnswer.place(read.get(read.size() - 1)).next();
        boolean missing = last && stored > 0;
        for (Delay delay : leaving.values()) {
            storedFrom = earlier(storedFrom, delay.place);
        }
        List.copyOf(leaving.values()).stream().filter(delay -> delay.recorded).forEach(this::left);
        if (missing) {
            storedFrom = DuePlace.FIRST;
            missing(from.equals(DuePlace.FIRST), DelayedAnswer.missing(run.batch.id(), stored));
        } else {
            run.engine.problems.clear(Problems.STORE_READ);
            if (none && storedFrom != null && storedFrom.compareTo(from) <= 0) {
                pause(); // it has only files whose new attempts are being written: the same read would find the same
            }
        }
        run.changed();
    }

    private void take(FileRecord file) {
        stored--;
        ordinals.comeBack(file.ordinal(), file.fileId());
        RequeuedFile again =
                RequeuedFile.readBack(run.engine, run.batch, file, "an attempt failed, of which no message was kept");
        DuePlace place = DelayedAnswer.place(file);
        if (run.settlesUnrun()) {
            host.putBack(again);
        } else if (run.isolates() && !place.due().isAfter(takenUp)) { // it may have run when the engine was lost
            started(again);
            poisonFiles.add(again, 0, false, DelayedFile.StartMark.NONE);
        } else {
            Delay delay = new Delay(again, place, true);
            held.put(file.ordinal(), delay);
            keep(delay);
        }
    }

    /** Where all were asked for and the batch still stands as it was written last, rows are gone; otherwise another read may find them. */
    private void missing(boolean all, String message) {
        StoredBatch written = run.durable();
        if (!all) {
            failed(message, null);
            return;
        }
        reading = true;
        run.engine.serial.afterwards(() -> run.engine.io(() -> {
            try {
                boolean stands = DelayedAnswer.stands(run.engine, written);
                run.engine.serial.submit(() -> failed(message, stands ? message : null));
            } catch (Throwable unreadable) {
                run.engine.serial.submit(() -> failed(unreadable));
            }
        }));
    }

    private void failed(Throwable failure) {
        boolean corrupt = failure instanceof BatchEngineException told && told.code() == ErrorCode.STORE_CORRUPT;
        String message = Text.describe(failure);
        failed(message, corrupt ? message : null);
    }

    private void failed(String message, @Nullable String found) {
        reading = false;
        if (run.isGone()) {
            return;
        }
        List.copyOf(leaving.values()).stream().filter(delay -> delay.recorded).forEach(this::left);
        damage = found;
        if (found == null) {
            DelayedAnswer.report(run.engine, run.batch.id(), message);
        }
        pause();
        run.changed();
    }

    private void tellDamage() {
        boolean works = !run.isGone() && run.phase() != RunPhase.RELEASING; // who takes over finds it too
        if (damage != null && works && !host.isWriting()) {
            run.engine.problems.clear(Problems.STORE_READ);
            host.damaged(damage);
        }
    }

    private void pause() {
        pausing = true;
        run.engine.later(
                () -> {
                    pausing = false;
                    if (run.isGone()) { // nobody reads it here any more
                        run.engine.problems.clear(Problems.STORE_READ);
                    }
                    run.changed();
                },
                READ_AGAIN);
    }

    private static DuePlace earlier(@Nullable DuePlace one, DuePlace other) {
        return one == null || other.compareTo(one) < 0 ? other : one;
    }

    private static void cancelTimeout(Delay delay) {
        if (delay.timeout != null) {
            delay.timeout.cancel();
        }
    }
}
