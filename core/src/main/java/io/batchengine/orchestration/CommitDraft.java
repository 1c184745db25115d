package io.batchengine.orchestration;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.ListedPage;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch has to write: gathers until the committer takes all of it as one commit, and keeps it until the store has said what became
 * of it. One commit of a batch is under way at a time. Confined to decisions, but for {@link #durable()}.
 */
final class CommitDraft implements CommitSource {
    private final BatchRun run;
    private final SettledOrdinals ordinals;
    private volatile StoredBatch durable;
    private final long claimedEnd;
    private long listedEnd;
    private FileCounts counts;
    private List<RunPage> pages = new ArrayList<>();
    private List<SettledFile> settled = new ArrayList<>();
    private Map<Long, ParkedFile> parked = new LinkedHashMap<>(); // by ordinal: a commit names no file twice
    private @Nullable UnderWay underWay;
    private boolean cutOff; // listed pages were dropped: the recorded listing ends before the lister's
    private boolean discarded; // its pages are gone: a commit from here on would tell of a listing that is not recorded
    private int lastSettled; // files that the last write settled
    private boolean progressDue;
    private long progressAt;
    private boolean progressBefore;

    private record UnderWay(BatchCommit commit, List<RunPage> pages, List<FileRecord> records) {}

    CommitDraft(BatchRun run, StoredBatch claimed) {
        this.run = run;
        this.durable = claimed;
        this.counts = claimed.state().counts();
        this.listedEnd = counts.listed();
        this.claimedEnd = listedEnd;
        this.ordinals = new SettledOrdinals(claimed.state().settledBelow());
    }

    StoredBatch durable() {
        return durable;
    }

    SettledOrdinals ordinals() {
        return ordinals;
    }

    long listedEnd() {
        return listedEnd;
    }

    /** Pages that are not recorded yet. */
    int pages() {
        UnderWay now = underWay;
        return pages.size() + (now == null ? 0 : now.pages.size());
    }

    /**
     * How many pages may be listed and not taken: twice what one write settles, so that a slow store, whose writes are large, never keeps
     * workers waiting, while slow jobs cost no memory for pages.
     */
    int readAhead() {
        int wanted = Tuning.READ_AHEAD_PAGES + 2 * lastSettled / run.engine.tuning.pageSize();
        return Math.min(wanted, Tuning.MOST_READ_AHEAD_PAGES);
    }

    void addPage(ListedChunk chunk) {
        if (!chunk.ids().isEmpty()) {
            pages.add(new RunPage(new ListedPage(listedEnd, chunk.ids()), chunk.files()));
            listedEnd += chunk.ids().size();
        }
        counts = counts.plus(new FileCounts(0, chunk.duplicates(), 0, 0, 0, 0));
    }

    /** The lister has come further than what is to be recorded. */
    void cutOff() {
        cutOff = true;
    }

    /** Nothing of them has started: they need not be recorded. */
    void dropPages() {
        if (!pages.isEmpty()) {
            pages.clear();
            cutOff = true;
        }
    }

    /** Nothing more of it will be written. */
    void discard() {
        discarded = true;
        run.engine.committer.written(settled.size());
        settled.clear();
        parked.clear();
        pages.clear();
    }

    /** What an earlier engine has recorded. */
    void recover(Recovered recovered) {
        recovered.pages().forEach(ordinals::addPage);
        ordinals.listedTo(recovered.listedEnd());
    }

    int addSettled(ResultBuffer results) {
        int before = settled.size();
        results.drainTo(settled);
        count(before);
        return settled.size() - before;
    }

    void addSettled(SettledFile file) {
        settled.add(file);
        count(settled.size() - 1);
    }

    void addParked(ParkedFile file) {
        parked.put(file.ordinal(), file);
    }

    /** What there is to tell where more files have failed than the batch tolerates, or null. */
    @Nullable
    String tooManyFailures() {
        return TooManyFailures.message(run.batch.options().tolerance(), withListed(listedEnd), listingEnded());
    }

    /** Whether there is something to write. */
    boolean isDue() {
        return underWay == null
                && !discarded
                && (!pages.isEmpty()
                        || !settled.isEmpty()
                        || !parked.isEmpty()
                        || listingEnded() != durable.state().listingEnded()
                        || run.nextStatus().of(allSettled()) != durable.state().status()
                        || run.throttle().hasNewReason());
    }

    boolean isTerminalUnderWay() {
        UnderWay now = underWay;
        return now != null && now.commit.status().isTerminal();
    }

    @Override
    public BatchKey.ById key() {
        return new BatchKey.ById(run.batch.scope().projectId(), run.batch.id());
    }

    @Override
    public @Nullable BatchCommit take(Instant at) {
        if (!isDue()) {
            return null;
        }
        List<ListedPage> listed = pages.stream().map(page -> page.listed).toList();
        long listedNow = durable.state().counts().listed()
                + listed.stream().mapToLong(page -> page.fileIds().size()).sum();
        BatchStatus status = run.nextStatus().of(allSettled());
        List<FileRecord> records = run.engine.events.wantsFiles() ? records() : List.of();
        long settledBelow = ordinals.settledBelow();
        BatchCommit commit = new BatchCommit(
                run.batch.id(),
                run.hold.epoch(),
                run.hold.claimToken(),
                durable.state().version(),
                at,
                status,
                run.nextStatus().reasonFor(status),
                withListed(listedNow),
                listingEnded(),
                cutOff ? durable.state().listedTo() : run.listedTo(),
                settledBelow,
                settledBelow >= claimedEnd ? 0 : durable.state().deaths(),
                listed,
                settled,
                List.copyOf(parked.values()));
        underWay = new UnderWay(commit, pages, records);
        pages = new ArrayList<>();
        settled = new ArrayList<>(settled.size());
        parked = new LinkedHashMap<>();
        return commit;
    }

    @Override
    public void answered(Verdict verdict) {
        UnderWay answered = underWay;
        underWay = null;
        if (answered == null) {
            throw new IllegalStateException("no commit under way");
        }
        switch (verdict.kind()) {
            case APPLIED -> applied(answered, verdict.cancelRequested());
            case CANCEL_REQUESTED -> {
                restore(answered);
                durable = durable.withCancelRequested();
                run.cancel();
            }
            default -> {
                run.engine.committer.written(answered.commit.settled().size());
                run.engine.committer.refused(run.batch.id(), verdict.kind());
                run.lost();
            }
        }
        run.changed();
    }

    private void applied(UnderWay answered, boolean cancelRequested) {
        BatchStatus before = durable.state().status();
        StoredBatch now = durable.after(answered.commit);
        durable = cancelRequested ? now.withCancelRequested() : now;
        run.engine.committer.written(answered.commit.settled().size());
        lastSettled = answered.commit.settled().size();
        run.rate.settled(lastSettled, run.engine.nanos());
        ordinals.recorded();
        for (RunPage page : answered.pages) {
            ordinals.addPage(page.listed);
            run.pageRecorded(page);
        }
        answered.commit.parked().forEach(run::recorded);
        BatchStatus after = now.state().status();
        tell(answered, before, after);
        if (after.isTerminal()) {
            run.finished();
        } else if (cancelRequested) {
            run.cancel();
        }
    }

    private void tell(UnderWay answered, BatchStatus before, BatchStatus after) {
        Events events = run.engine.events;
        boolean starts = before != after && !after.isTerminal();
        if (starts) {
            events.statusChanged(durable);
        }
        if (!answered.records.isEmpty()) {
            events.filesSettled(durable, answered.records);
        }
        progressDue |= !answered.commit.settled().isEmpty() || !answered.pages.isEmpty();
        long nanos = run.engine.nanos();
        boolean spaced = !progressBefore || nanos - progressAt >= Tuning.PROGRESS_INTERVAL.toNanos();
        if (after.isTerminal() || (progressDue && spaced)) {
            progressDue = false;
            progressBefore = true;
            progressAt = nanos;
            events.progressed(durable, run);
        }
        if (before != after && after.isTerminal()) {
            events.statusChanged(durable);
        }
    }

    private void restore(UnderWay refused) {
        pages.addAll(0, refused.pages);
        List<SettledFile> again = new ArrayList<>(refused.commit.settled());
        again.addAll(settled);
        settled = again;
        refused.commit.parked().forEach(file -> parked.putIfAbsent(file.ordinal(), file));
    }

    private boolean allSettled() {
        return listingEnded() && counts.settled() == listedEnd;
    }

    private boolean listingEnded() {
        return run.listingEnded() && !cutOff;
    }

    private List<FileRecord> records() {
        List<FileRecord> records = new ArrayList<>(settled.size());
        for (SettledFile file : settled) {
            String id = ordinals.fileId(file.ordinal());
            if (id != null) {
                records.add(new FileRecord(run.batch.id(), file.ordinal(), id, file, null));
            }
        }
        return records;
    }

    private FileCounts withListed(long listed) {
        return new FileCounts(
                listed,
                counts.duplicates(),
                counts.mappingErrors(),
                counts.succeeded(),
                counts.failed(),
                counts.cancelled());
    }

    /** Marks and counts what was added from a place on; what was settled before falls out, so that nothing counts twice. */
    private void count(int from) {
        long errors = 0;
        long succeeded = 0;
        long failed = 0;
        long cancelled = 0;
        int kept = from;
        for (int i = from; i < settled.size(); i++) {
            SettledFile file = settled.get(i);
            if (!ordinals.settle(file.ordinal())) {
                continue;
            }
            settled.set(kept++, file);
            parked.remove(file.ordinal());
            run.settled(file);
            switch (file.outcome()) {
                case SUCCEEDED -> succeeded++;
                case FAILED -> failed++;
                case CANCELLED -> cancelled++;
                case MAPPING_ERROR -> errors++;
            }
        }
        settled.subList(kept, settled.size()).clear();
        run.engine.committer.gathered(kept - from);
        counts = counts.plus(new FileCounts(0, 0, errors, succeeded, failed, cancelled));
    }
}
