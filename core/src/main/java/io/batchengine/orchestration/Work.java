package io.batchengine.orchestration;

import io.batchengine.spi.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a batch has to start: recorded pages, files put back or due again, and files that wait for a retry. Confined to decisions. */
final class Work {
    private static final class Parked {
        final Again again;
        final Timer.Timeout timeout;
        boolean recorded;
        boolean waited;

        Parked(Again again, Timer.Timeout timeout, boolean recorded) {
            this.again = again;
            this.timeout = timeout;
            this.recorded = recorded;
        }
    }

    private final Deque<RunPage> pages = new ArrayDeque<>();
    private final TreeMap<Long, Again> due = new TreeMap<>(); // by ordinal, so that a file keeps its place
    private final Map<Long, Parked> parked = new HashMap<>();

    void addPage(RunPage page) {
        pages.addLast(page);
    }

    void addDue(Again again) {
        due.put(again.ordinal(), again);
    }

    /** Sets a file aside until its wait is over and its attempts are recorded: so no crash forgets that it was tried. */
    void park(Again again, Timer.Timeout timeout, boolean recorded) {
        parked.put(again.ordinal(), new Parked(again, timeout, recorded));
    }

    /** Its wait is over; true where it is to be started now. */
    boolean waited(long ordinal) {
        Parked found = parked.get(ordinal);
        if (found != null) {
            found.waited = true;
        }
        return unpark(found);
    }

    /** Its attempts are recorded; true where it is to be started now. */
    boolean recorded(long ordinal) {
        Parked found = parked.get(ordinal);
        if (found != null) {
            found.recorded = true;
        }
        return unpark(found);
    }

    private boolean unpark(@Nullable Parked found) {
        if (found == null || !found.recorded || !found.waited) {
            return false;
        }
        parked.remove(found.again.ordinal());
        addDue(found.again);
        return true;
    }

    /** Whether a turn would find something to start, as far as can be told while workers take files. */
    boolean isReady() {
        return !due.isEmpty() || (parked.size() < Tuning.MAX_PARKED && nextPage() != null);
    }

    /** A turn on what comes first, or null where workers have taken the last file in the meantime. */
    @Nullable
    Turn nextTurn(BatchRun run) {
        Map.Entry<Long, Again> first = due.pollFirstEntry();
        if (first != null) {
            return new Turn(run, first.getValue());
        }
        RunPage page = nextPage();
        if (page == null) {
            return null;
        }
        page.promise();
        return new Turn(run, page);
    }

    /** Pages that workers have not taken as a whole. */
    int pages() {
        pages.removeIf(RunPage::isEmpty);
        return pages.size();
    }

    /** Starts nothing more: closes the pages and gives back the files that were started before. */
    List<Again> close() {
        pages.forEach(RunPage::close);
        pages.clear();
        List<Again> started = new ArrayList<>();
        due.values().stream().filter(again -> again.attempts() > 0).forEach(started::add);
        due.clear();
        for (Parked waiting : parked.values()) {
            waiting.timeout.cancel();
            started.add(waiting.again);
        }
        parked.clear();
        return started;
    }

    private @Nullable RunPage nextPage() {
        for (RunPage page : pages) {
            if (page.hasMore()) {
                return page;
            }
        }
        return null;
    }
}
