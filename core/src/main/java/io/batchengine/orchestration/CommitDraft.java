package io.batchengine.orchestration;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.orchestration.RefusedContent.Portion;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch has to write: gathers until the committer takes all of it as one commit, and keeps it until the store has said what became
 * of it. One commit of a batch is under way at a time. Confined to the serial executor, but for {@link #durable()}.
 */
final class CommitDraft implements CommitSource {
    private final BatchRun run;
    private final SettledOrdinals ordinals;
    private final CommitEvents events;
    private volatile StoredBatch durable;
    private final long claimedEnd;
    private long listedEnd;
    private FileCounts counts;
    private List<SharedPage> pages = new ArrayList<>();
    private List<SettledFile> settled = new ArrayList<>();
    private Map<Long, DelayedFile> delayed = new LinkedHashMap<>(); // by ordinal: a commit names no file twice
    private @Nullable UnderWay underWay;
    private boolean cutOff; // listed pages were dropped: the recorded listing ends before the lister's
    private boolean discarded; // its pages are gone: a commit from here on would tell of a listing that is not recorded
    private int lastSettled; // files that the last write settled
    private @Nullable RefusedContent refused; // while some of what is to be written is refused
    private boolean paused; // the store has refused what nothing can be taken from
    private long lost = Long.MAX_VALUE; // the first file whose end can't be kept

    private record UnderWay(BatchCommit commit, boolean whole, List<SharedPage> pages, List<FileRecord> records) {}

    CommitDraft(BatchRun run, StoredBatch claimed) {
        this.run = run;
        this.durable = claimed;
        this.events = new CommitEvents(
                run.engine.events,
                run.engine::nanos,
                batch -> ProgressView.of(batch, run.running(), run.engine.storeFailure(batch.id())));
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

    void addPage(CheckedPage checked) {
        if (!checked.ids().isEmpty()) {
            pages.add(new SharedPage(new ListedPage(listedEnd, checked.ids()), checked.files()));
            listedEnd += checked.ids().size();
        }
        counts = counts.plus(new FileCounts(0, checked.duplicates(), 0, 0, 0, 0));
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
        run.engine.problems.clear(Problems.STORE_CONTENT + run.batch.id());
        settled.clear();
        delayed.clear();
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

    void addDelayed(DelayedFile file) {
        delayed.put(file.ordinal(), file);
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
                && !paused
                && (refused != null
                        || !pages.isEmpty()
                        || !settled.isEmpty()
                        || !delayed.isEmpty()
                        || listingEnded() != durable.state().listingEnded()
                        || run.nextStatus().of(allSettled()) != durable.state().status()
                        || run.throttle().hasNewReason());
    }

    boolean isUnderWay() {
        return underWay != null;
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
        Portion portion = refused == null ? Portion.ALL : refused.next(pages.size(), settled.size());
        boolean whole = portion.rest();
        List<SharedPage> newPages = whole ? pages : List.copyOf(pages.subList(0, portion.pages()));
        List<SettledFile> files = whole ? settled : List.copyOf(settled.subList(0, portion.files()));
        List<FileRecord> records = run.engine.events.wantsFiles() ? records(files) : List.of();
        BatchCommit commit = whole ? whole(at) : RefusedContent.part(durable, at, newPages, files);
        underWay = new UnderWay(commit, whole, newPages, records);
        pages = whole ? new ArrayList<>() : new ArrayList<>(pages.subList(newPages.size(), pages.size()));
        settled = whole
                ? new ArrayList<>(settled.size())
                : new ArrayList<>(settled.subList(files.size(), settled.size()));
        delayed = whole ? new LinkedHashMap<>() : delayed;
        return commit;
    }

    private BatchCommit whole(Instant at) {
        List<ListedPage> listed = pages.stream().map(page -> page.listed).toList();
        long listedNow = durable.state().counts().listed()
                + listed.stream().mapToLong(page -> page.fileIds().size()).sum();
        BatchStatus status = run.nextStatus().of(allSettled());
        long settledBelow = Math.min(ordinals.settledBelow(), lost);
        return new BatchCommit(
                run.batch.id(),
                run.hold.epoch(),
                run.hold.claimToken(),
                durable.state().version(),
                at,
                status,
                refused == null
                        ? run.nextStatus().reasonFor(status)
                        : refused.kept(run.nextStatus().reasonFor(status)),
                withListed(listedNow),
                listingEnded(),
                cutOff ? durable.state().listedTo() : run.listedTo(),
                settledBelow,
                settledBelow >= claimedEnd ? 0 : durable.state().crashes(),
                listed,
                settled,
                List.copyOf(delayed.values()));
    }

    @Override
    public boolean isRefused() {
        return refused != null;
    }

    /** The commit under way is put back, and what the store can't keep of it is looked for. */
    @Override
    public void refused(Throwable failure) {
        UnderWay now = underWay;
        underWay = null;
        if (now == null) {
            throw new IllegalStateException("no commit under way");
        }
        if (discarded) {
            run.engine.committer.written(now.commit.settled().size());
            return;
        }
        restore(now);
        RefusedContent content = refused == null ? new RefusedContent(run.engine.committer.answers()) : refused;
        refused = content;
        int count = now.commit.settled().size();
        int pageSize =
                now.pages.isEmpty() ? 0 : now.pages.get(0).listed.fileIds().size();
        switch (content.refused(failure, now.pages.size(), count, pageSize)) {
            case NONE -> {}
            case SPLIT_PAGE -> pages.addAll(0, pages.remove(0).halves());
            case FAIL_FOR_PAGE -> {
                dropPages(); // whatever the batch is about by now
                run.fail(
                        StatusReason.Code.CONTENT_REFUSED,
                        RefusedContent.ofPage(now.pages.get(0).fileId(0), failure));
            }
            case CHANGE_FILES -> settled.subList(0, count).replaceAll(content::changed);
            case FAIL_FOR_FILES -> failFor(settled.subList(0, count), failure);
            case CHANGE_STATE -> {
                if (content.form() == RefusedContent.Form.LEFT_OUT) {
                    List<DelayedFile> unkept = List.copyOf(delayed.values());
                    delayed.clear();
                    unkept.forEach(run::recorded);
                }
            }
        }
        content.tell(run.batch.id(), run.engine.problems, run.engine.committer.answers(), failure);
        if (content.silent() > 0) {
            paused = true;
            run.engine.later(this::resume, run.engine.backoff(content.silent()));
        }
        run.changed();
    }

    /** Whether it has something to write, and waits before it tries again. */
    boolean isPaused() {
        return paused;
    }

    private void resume() {
        paused = false;
        run.changed();
    }

    /** Their ends can't be kept in any form. */
    private void failFor(List<SettledFile> files, Throwable failure) {
        FileCounts gone = SettledCounts.of(files, 0);
        counts = counts.plus(
                new FileCounts(0, 0, -gone.mappingErrors(), -gone.succeeded(), -gone.failed(), -gone.cancelled()));
        long first = files.stream().mapToLong(SettledFile::ordinal).min().orElseThrow();
        lost = Math.min(lost, first);
        run.engine.committer.written(files.size());
        files.clear();
        run.fail(StatusReason.Code.CONTENT_REFUSED, RefusedContent.ofFile(first, failure));
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
                if (answered.commit.status() != BatchStatus.COMPLETED) {
                    run.engine.committer.written(answered.commit.settled().size());
                    run.damaged(Text.format(
                            "the store refuses to write the status %s for a cancel request, which keeps a batch from COMPLETED alone",
                            answered.commit.status()));
                    break;
                }
                restore(answered);
                durable = durable.withCancelRequested();
                run.cancel();
            }
            case CORRUPT -> {
                run.engine.committer.written(answered.commit.settled().size());
                durable = verdict.cancelRequested() ? durable.withCancelRequested() : durable;
                run.damaged("a commit met damaged rows of it");
            }
            default -> {
                run.engine.committer.written(answered.commit.settled().size());
                run.engine.committer.refused(run.batch.id(), verdict.kind());
                run.engine.losses.lost(run.batch.id(), "by refusing a write as " + verdict.kind());
                run.lost();
            }
        }
        run.changed();
    }

    private void applied(UnderWay answered, boolean cancelRequested) {
        run.engine.losses.written(run.batch.id());
        BatchStatus before = durable.state().status();
        StoredBatch now = durable.after(answered.commit);
        durable = cancelRequested ? now.withCancelRequested() : now;
        run.engine.committer.written(answered.commit.settled().size());
        lastSettled = answered.commit.settled().size();
        run.rate.ended(lastSettled, run.engine.nanos());
        run.pace.ended(lastSettled + answered.commit.delayed().size(), run.engine.nanos());
        if (answered.whole) {
            ordinals.recorded();
        }
        RefusedContent content = refused;
        if (content != null && content.written(lastSettled)) {
            refused = null;
            run.engine.problems.clear(Problems.STORE_CONTENT + run.batch.id());
        }
        for (SharedPage page : answered.pages) {
            ordinals.addPage(page.listed);
            run.pageRecorded(page);
        }
        answered.commit.delayed().forEach(run::recorded);
        BatchStatus after = now.state().status();
        boolean moved = !answered.commit.settled().isEmpty() || !answered.pages.isEmpty();
        events.tell(durable, before, answered.records, moved);
        if (after.isTerminal()) {
            run.finished();
        } else if (cancelRequested) {
            run.cancel();
        }
    }

    private void restore(UnderWay refused) {
        pages.addAll(0, refused.pages);
        List<SettledFile> again = new ArrayList<>(refused.commit.settled());
        again.addAll(settled);
        settled = again;
        for (DelayedFile file : refused.commit.delayed()) {
            if (ordinals.isOpen(file.ordinal())) {
                delayed.putIfAbsent(file.ordinal(), file);
            }
        }
    }

    private boolean allSettled() {
        return listingEnded() && counts.settled() == listedEnd;
    }

    private boolean listingEnded() {
        return run.listingEnded() && !cutOff;
    }

    private List<FileRecord> records(List<SettledFile> files) {
        List<FileRecord> records = new ArrayList<>(files.size());
        for (SettledFile file : files) {
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
        int kept = from;
        for (int i = from; i < settled.size(); i++) {
            SettledFile file = settled.get(i);
            if (!ordinals.settle(file.ordinal())) {
                continue;
            }
            settled.set(kept++, file);
            delayed.remove(file.ordinal());
            run.settled(file);
        }
        settled.subList(kept, settled.size()).clear();
        run.engine.committer.gathered(kept - from);
        counts = counts.plus(SettledCounts.of(settled, from));
    }
}
