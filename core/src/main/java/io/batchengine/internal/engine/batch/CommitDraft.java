package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.Problems;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.engine.batch.RefusedContent.Portion;
import io.batchengine.internal.engine.commit.CommitSource;
import io.batchengine.internal.engine.events.CommitEvents;
import io.batchengine.internal.engine.job.ResultBuffer;
import io.batchengine.internal.engine.job.SharedPage;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
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
 * of it. One commit of a batch is under way at a time. Confined to the serial executor.
 */
final class CommitDraft implements CommitSource {
    private final RunState run;
    private final CommitHost host;
    private final SettledOrdinals ordinals;
    private final NextStatus nextStatus;
    private final Lister lister;
    private final CommitEvents events;
    private final BatchServices engine;
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

    CommitDraft(
            BatchServices engine,
            RunState run,
            CommitHost host,
            SettledOrdinals ordinals,
            NextStatus nextStatus,
            Lister lister,
            CommitEvents events) {
        this.engine = engine;
        this.run = run;
        this.host = host;
        this.ordinals = ordinals;
        this.nextStatus = nextStatus;
        this.lister = lister;
        this.events = events;
        this.counts = run.durable().state().counts();
        this.listedEnd = counts.listed();
        this.claimedEnd = listedEnd;
    }

    long listedEnd() {
        return listedEnd;
    }

    /** Pages that are not recorded yet. */
    int pages() {
        return pages.size() + (underWay == null ? 0 : underWay.pages().size());
    }

    /**
     * How many pages may be listed and not taken: twice what one write settles, so that a slow store, whose writes are large, never keeps
     * workers waiting, while slow jobs cost no memory for pages.
     */
    int readAhead() {
        int wanted = Tuning.READ_AHEAD_PAGES + 2 * lastSettled / engine.tuning.pageSize();
        return Math.min(wanted, Tuning.MOST_READ_AHEAD_PAGES);
    }

    void addPage(CheckedPage checked) {
        if (!checked.ids().isEmpty()) {
            pages.add(new SharedPage(new ListedPage(listedEnd, checked.ids()), checked.files()));
            listedEnd += checked.ids().size();
        }
        if (checked.duplicates() > 0) {
            counts = counts.plus(
                    FileCounts.builder().duplicates(checked.duplicates()).build());
        }
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
        engine.committer.written(settled.size());
        engine.problems.clear(Problems.STORE_CONTENT + run.batch.id());
        settled.clear();
        delayed.clear();
        pages.clear();
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
        return TooManyFailures.message(
                run.batch.options().tolerance(), SettledCounts.withListed(counts, listedEnd), listingEnded());
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
                        || listingEnded() != run.durable().state().listingEnded()
                        || nextStatus.of(allSettled()) != run.durable().state().status()
                        || nextStatus.hasNewReason());
    }

    boolean isUnderWay() {
        return underWay != null;
    }

    boolean isTerminalUnderWay() {
        UnderWay now = underWay;
        return now != null && now.commit().status().isTerminal();
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
        List<FileRecord> records = engine.events.wantsFiles() ? ordinals.records(run.batch.id(), files) : List.of();
        BatchCommit commit = whole ? whole(at) : RefusedContent.part(run.durable(), at, newPages, files);
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
        long listedNow = run.durable().state().counts().listed()
                + listed.stream().mapToLong(page -> page.fileIds().size()).sum();
        BatchStatus status = nextStatus.of(allSettled());
        long settledBelow = Math.min(ordinals.settledBelow(), lost);
        return BatchCommit.builder()
                .claim(run.claim)
                .expectedVersion(run.durable().state().version())
                .at(at)
                .status(status)
                .reason(refused == null ? nextStatus.reasonFor(status) : refused.kept(nextStatus.reasonFor(status)))
                .counts(SettledCounts.withListed(counts, listedNow))
                .listingEnded(listingEnded())
                .listedTo(cutOff ? run.durable().state().listedTo() : lister.lastId())
                .settledBelow(settledBelow)
                .crashes(settledBelow >= claimedEnd ? 0 : run.durable().state().crashes())
                .pages(listed)
                .settled(settled)
                .delayed(List.copyOf(delayed.values()))
                .build();
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
            engine.committer.written(now.commit().settled().size());
            return;
        }
        restore(now);
        RefusedContent content = refused == null ? new RefusedContent(engine.committer.answers()) : refused;
        refused = content;
        int count = now.commit().settled().size();
        int pageSize =
                now.pages().isEmpty() ? 0 : now.pages().get(0).listed.fileIds().size();
        cure(content.refused(failure, now.pages().size(), count, pageSize), now, failure, content);
        content.tell(run.batch.id(), engine.problems, engine.committer.answers(), failure);
        if (content.silent() > 0) {
            paused = true;
            engine.later(this::resume, engine.backoff(content.silent()));
        }
        run.changed();
    }

    private void cure(RefusedContent.Cure cure, UnderWay now, Throwable failure, RefusedContent content) {
        int count = now.commit().settled().size();
        switch (cure) {
            case NONE -> {}
            case SPLIT_PAGE -> pages.addAll(0, pages.remove(0).halves());
            case FAIL_FOR_PAGE -> {
                dropPages(); // whatever the batch is about by now
                host.fail(
                        StatusReason.Code.CONTENT_REFUSED,
                        RefusedContent.ofPage(now.pages().get(0).fileId(0), failure));
            }
            case CHANGE_FILES -> settled.subList(0, count).replaceAll(content::changed);
            case FAIL_FOR_FILES -> failFor(settled.subList(0, count), failure);
            case CHANGE_STATE -> {
                if (content.form() == RefusedContent.Form.LEFT_OUT) {
                    List<DelayedFile> unkept = List.copyOf(delayed.values());
                    delayed.clear();
                    unkept.forEach(host::recorded);
                }
            }
        }
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
        counts = counts.plus(SettledCounts.negated(SettledCounts.of(files, 0)));
        long first = files.stream().mapToLong(SettledFile::ordinal).min().orElseThrow();
        lost = Math.min(lost, first);
        engine.committer.written(files.size());
        files.clear();
        host.fail(StatusReason.Code.CONTENT_REFUSED, RefusedContent.ofFile(first, failure));
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
                if (answered.commit().status() != BatchStatus.COMPLETED) {
                    engine.committer.written(answered.commit().settled().size());
                    host.damaged(Text.format(
                            "the store refuses to write the status %s for a cancel request, which keeps a batch from COMPLETED alone",
                            answered.commit().status()));
                    break;
                }
                restore(answered);
                run.durable(run.durable().withCancelRequested());
                host.cancel();
            }
            case CORRUPT -> {
                engine.committer.written(answered.commit().settled().size());
                if (verdict.cancelRequested()) {
                    run.durable(run.durable().withCancelRequested());
                }
                host.damaged("a commit met damaged rows of it");
            }
            default -> {
                engine.committer.written(answered.commit().settled().size());
                engine.committer.refused(run.batch.id(), verdict.kind());
                engine.losses.lost(run.batch.id(), "by refusing a write as " + verdict.kind());
                host.lost();
            }
        }
        run.changed();
    }

    private void applied(UnderWay answered, boolean cancelRequested) {
        engine.losses.written(run.batch.id());
        BatchStatus before = run.durable().state().status();
        StoredBatch now = run.durable().after(answered.commit());
        run.durable(cancelRequested ? now.withCancelRequested() : now);
        engine.committer.written(answered.commit().settled().size());
        lastSettled = answered.commit().settled().size();
        host.written(lastSettled, answered.commit().delayed().size());
        if (answered.whole()) {
            ordinals.recorded();
        }
        RefusedContent content = refused;
        if (content != null && content.written(lastSettled)) {
            refused = null;
            engine.problems.clear(Problems.STORE_CONTENT + run.batch.id());
        }
        for (SharedPage page : answered.pages()) {
            ordinals.addPage(page.listed);
            host.pageRecorded(page);
        }
        answered.commit().delayed().forEach(host::recorded);
        BatchStatus after = now.state().status();
        boolean moved =
                !answered.commit().settled().isEmpty() || !answered.pages().isEmpty();
        events.tell(run.durable(), before, answered.records(), moved);
        if (after.isTerminal()) {
            host.finished();
        } else if (cancelRequested) {
            host.cancel();
        }
    }

    private void restore(UnderWay refused) {
        pages.addAll(0, refused.pages());
        List<SettledFile> again = new ArrayList<>(refused.commit().settled());
        again.addAll(settled);
        settled = again;
        refused.commit().delayed().stream()
                .filter(file -> ordinals.isOpen(file.ordinal()))
                .forEach(file -> delayed.putIfAbsent(file.ordinal(), file));
    }

    private boolean allSettled() {
        return listingEnded() && counts.settled() == listedEnd;
    }

    private boolean listingEnded() {
        return lister.hasEnded() && !cutOff;
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
            host.settled(file);
        }
        settled.subList(kept, settled.size()).clear();
        engine.committer.gathered(kept - from);
        counts = counts.plus(SettledCounts.of(settled, from));
    }
}
