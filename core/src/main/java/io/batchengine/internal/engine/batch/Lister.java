package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a batch's files, a few pages ahead of its workers. One task at a time, on an orchestration thread; what follows it is a decision.
 * A task is for one page, and for more where they come quickly: so a small batch has all its pages in one write. A listing that
 * fails is opened again after the last listed id.
 */
final class Lister {
    private static final Logger LOG = LoggerFactory.getLogger(Lister.class);
    private static final int FIRST_PAGE = 64;
    /** For so long a task asks for further pages. */
    private static final Duration QUICK = Duration.ofMillis(1);

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);

    private final EngineBase engine;
    private final BatchRecord batch;
    private final SourceDirectory directory;
    private final ListerHost host;

    // Confined to the serial executor.
    private boolean busy;
    private boolean ended;
    private boolean closed;
    private int pages;
    private int emptyPages;
    private int failures;
    private @Nullable String lastId;

    private @Nullable Listing listing; // used by the one task that runs

    /** Lists on from where an earlier engine has come. */
    Lister(EngineBase engine, StoredBatch claimed, SourceDirectory directory, ListerHost host) {
        this.engine = engine;
        this.batch = claimed.request();
        this.directory = directory;
        this.host = host;
        this.lastId = claimed.state().listedTo();
        this.ended = claimed.state().listingEnded();
    }

    boolean hasEnded() {
        return ended;
    }

    @Nullable
    String lastId() {
        return lastId;
    }

    /** Lists the next page, if there is one and room for it. */
    void goOn() {
        if (busy || ended || closed || !host.wantsPages()) {
            return;
        }
        busy = true;
        int room = host.roomForPages();
        int before = pages;
        String after = lastId;
        call(() -> listPages(room, before, after));
    }

    /** The first pages are small, so that a small batch starts soon and shares fairly. */
    private int limitOf(int page) {
        return Math.min(engine.tuning.pageSize(), FIRST_PAGE << Math.min(2 * page, 20));
    }

    /** Lists nothing more. */
    void close() {
        if (!closed) {
            closed = true;
            if (!busy) {
                call(this::closeListing);
            }
        }
    }

    private void listPages(int room, int before, @Nullable String after) {
        List<CheckedPage> pages = new ArrayList<>();
        long begun = engine.nanos();
        try {
            Listing open = opened(after);
            String last = after;
            do {
                int limit = limitOf(before + pages.size());
                FilePage page = open.next(limit);
                CheckedPage checked = CheckedPage.check(page, limit, last);
                pages.add(checked);
                last = checked.lastIdOr(last);
            } while (isToGoOn(pages, room, begun));
            if (pages.get(pages.size() - 1).last()) {
                closeListing();
            }
            engine.serial.submit(() -> listed(pages));
        } catch (Throwable failure) {
            closeListing();
            engine.serial.submit(() -> {
                addAll(pages);
                failed(failure);
            });
        }
    }

    private boolean isToGoOn(List<CheckedPage> pages, int room, long begunNanos) {
        CheckedPage page = pages.get(pages.size() - 1);
        return !page.last()
                && !page.ids().isEmpty()
                && pages.size() < room
                && engine.nanos() - begunNanos < QUICK.toNanos();
    }

    /** Calls the source directory, which may block, on an orchestration thread. */
    private void call(Runnable work) {
        engine.serial.afterwards(() -> engine.io(() -> engine.directoryCalls.during(
                Text.format("the source directory's listing for batch %s", batch.id()), () -> {
                    work.run();
                    return true;
                })));
    }

    private Listing opened(@Nullable String after) throws Exception {
        Listing open = listing;
        if (open == null) {
            open = directory.list(
                    ListRequest.of(batch.scope(), batch.sourceDirectoryId()).withAfterId(Optional.ofNullable(after)));
            if (open == null) {
                throw CheckedPage.fault("the source directory answered null instead of a listing");
            }
            listing = open;
        }
        return open;
    }

    private void listed(List<CheckedPage> pages) {
        addAll(pages);
        if (!busy) {
            return; // it has failed, and whoever closed it since has seen to its listing
        }
        busy = false;
        if (closed) {
            call(this::closeListing);
        } else {
            goOn();
        }
    }

    /** While this lister is busy still: each page may end the batch. */
    private void addAll(List<CheckedPage> pages) {
        for (CheckedPage page : pages) {
            if (!closed) {
                add(page);
            }
        }
    }

    private void add(CheckedPage page) {
        failures = 0;
        pages++;
        emptyPages = page.files().isEmpty() ? emptyPages + 1 : 0;
        if (emptyPages > Tuning.MAX_EMPTY_PAGES) {
            failed(CheckedPage.fault(
                    Text.format("the source directory answered %d pages in a row without a new file", emptyPages)));
            return;
        }
        lastId = page.lastIdOr(lastId);
        ended = page.last();
        host.listed(page);
    }

    private void failed(Throwable failure) {
        busy = false;
        if (closed) {
            return;
        }
        failures++;
        boolean againstContract = failure instanceof CheckedPage.AgainstContract;
        if (againstContract || failures >= Tuning.LISTING_ATTEMPTS) {
            host.fail(
                    StatusReason.Code.LISTING_FAILED,
                    "listing failed: " + (againstContract ? failure.getMessage() : Text.describe(failure)));
            return;
        }
        LOG.warn("listing of batch {} failed, attempt {}: {}", batch.id(), failures, Text.describe(failure));
        busy = true; // until the wait is over
        Duration wait = engine.jitter(FIRST_WAIT.multipliedBy(1L << failures));
        engine.later(
                () -> {
                    busy = false;
                    goOn();
                },
                wait);
    }

    private void closeListing() {
        Listing open = listing;
        listing = null;
        if (open != null) {
            try {
                open.close();
            } catch (Throwable failure) {
                LOG.warn("closing a listing of batch {} failed: {}", batch.id(), Text.describe(failure));
            }
        }
    }
}
