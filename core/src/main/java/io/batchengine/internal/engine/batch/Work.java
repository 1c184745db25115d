package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.job.JobHost;
import io.batchengine.internal.engine.job.RequeuedFile;
import io.batchengine.internal.engine.job.SharedPage;
import io.batchengine.internal.engine.job.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a batch has to start: recorded pages, and files put back or due again. Confined to the serial executor. */
final class Work {
    private final Deque<SharedPage> pages = new ArrayDeque<>();
    private final TreeMap<Long, RequeuedFile> due = new TreeMap<>(); // by ordinal, so that a file keeps its place

    void addPage(SharedPage page) {
        pages.addLast(page);
    }

    void addDue(RequeuedFile again) {
        due.put(again.ordinal(), again);
    }

    /** Files put back or due again. */
    int due() {
        return due.size();
    }

    /** Whether a turn would find something to start, as far as can be told while workers take files. */
    boolean isReady() {
        return !due.isEmpty() || nextPage() != null;
    }

    /** A turn on what comes first, or null where workers have taken the last file in the meantime. */
    @Nullable
    Turn nextTurn(EngineBase engine, JobHost host) {
        Map.Entry<Long, RequeuedFile> first = due.pollFirstEntry();
        if (first != null) {
            return new Turn(engine, host, first.getValue());
        }
        SharedPage page = nextPage();
        if (page == null) {
            return null;
        }
        page.promise();
        return new Turn(engine, host, page);
    }

    /** Pages that workers have not taken as a whole. */
    int pages() {
        pages.removeIf(SharedPage::isEmpty);
        return pages.size();
    }

    /** Starts nothing more: closes the pages and gives back the files that were started before. */
    List<RequeuedFile> close() {
        pages.forEach(SharedPage::close);
        pages.clear();
        List<RequeuedFile> started = new ArrayList<>();
        due.values().stream().filter(again -> again.attempts() > 0).forEach(started::add);
        due.clear();
        return started;
    }

    private @Nullable SharedPage nextPage() {
        for (SharedPage page : pages) {
            if (page.hasMore()) {
                return page;
            }
        }
        return null;
    }
}
