package io.batchengine;

import com.google.common.collect.AbstractIterator;
import io.batchengine.internal.engine.Engine;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.DamagedFiles;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Ids;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobReference;
import io.batchengine.model.Page;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** How batches, results and job records are read. */
final class BatchReading {
    private static final int READ_SIZE = 1_000;
    private static final Set<FileOutcome> ANY = EnumSet.allOf(FileOutcome.class);
    private static final Set<FileOutcome> WITH_JOB =
            EnumSet.of(FileOutcome.SUCCEEDED, FileOutcome.FAILED, FileOutcome.CANCELLED);

    private final Engine engine;
    private final int maxExpandedResults;

    BatchReading(Engine engine, int maxExpandedResults) {
        this.engine = engine;
        this.maxExpandedResults = maxExpandedResults;
    }

    static StoredBatch require(Engine engine, Scope scope, String batchId) {
        requireBatchId(batchId);
        return engine.store(store -> store.find(new BatchKey.ById(scope.projectId(), batchId)))
                .orElseThrow(() -> notFound(batchId));
    }

    static void requireBatchId(String batchId) {
        if (!Ids.isBatchId(batchId)) {
            throw notFound(batchId);
        }
    }

    static BatchEngineException notFound(String batchId) {
        return BatchEngineException.of(
                ErrorCode.BATCH_NOT_FOUND, Text.format("there is no batch %s in this project", Text.quote(batchId)));
    }

    Batch get(Scope scope, String batchId, Set<Expand> expand) {
        StoredBatch found = require(engine, scope, batchId);
        Batch batch = found.toBatch();
        BatchStatus status = batch.status();
        if (!expand.contains(Expand.RESULTS) || (status != BatchStatus.COMPLETED && status != BatchStatus.CANCELLED)) {
            return batch;
        }
        long settled = found.state().counts().settled();
        if (settled > maxExpandedResults) {
            throw BatchEngineException.of(
                    ErrorCode.RESULTS_TOO_LARGE,
                    Text.format(
                            "batch %s has %d results; up to %d are expanded: read them page by page with results(id, page)",
                            batchId, settled, maxExpandedResults));
        }
        return batch.toBuilder().results(results(scope, batchId).toList()).build();
    }

    Page<Batch> list(Scope scope, ListBatches request) {
        List<@Nullable Object> context = Arrays.asList(
                "batches",
                scope.projectId(),
                request.statuses().stream().sorted().toList(),
                request.sourceDirectoryId(),
                request.createdAtOnOrAfter(),
                request.createdAtOnOrBefore());
        BatchPage page = engine.store(store -> store.list(BatchQuery.builder()
                .projectId(scope.projectId())
                .statuses(request.statuses())
                .sourceDirectoryId(request.sourceDirectoryId())
                .createdOnOrAfter(request.createdAtOnOrAfter())
                .createdOnOrBefore(request.createdAtOnOrBefore())
                .after(position(context, request.pageToken()))
                .limit(request.pageSize())
                .withTotal(request.withTotalSize())
                .build()));
        List<StoredBatch> batches = page.batches();
        String next = null;
        if (batches.size() == request.pageSize()) {
            StoredBatch last = batches.get(batches.size() - 1);
            next = PageTokens.make(context, last.request().createdAt() + " " + last.id());
        }
        return new Page<>(batches.stream().map(StoredBatch::toBatch).toList(), next, page.total());
    }

    Stream<Batch> stream(Scope scope, ListBatches request) {
        Page<Batch> first = list(scope, request);
        return stream(new AbstractIterator<>() {
            private Page<Batch> page = first;
            private Iterator<Batch> items = first.items().iterator();

            @Override
            protected @Nullable Batch computeNext() {
                while (!items.hasNext() && page.nextPageToken() != null) {
                    page = list(scope, request.withPageToken(page.nextPageToken()));
                    items = page.items().iterator();
                }
                return items.hasNext() ? items.next() : endOfData();
            }
        });
    }

    Page<BatchResult> results(Scope scope, String batchId, PageRequest page) {
        return files(scope, batchId, page, "results", ANY, BatchReading::result);
    }

    Stream<BatchResult> results(Scope scope, String batchId) {
        return stream(scope, batchId, ANY, BatchReading::result);
    }

    Page<JobRecord> jobs(Scope scope, String batchId, PageRequest page) {
        return files(scope, batchId, page, "jobs", WITH_JOB, this::job);
    }

    Stream<JobRecord> jobs(Scope scope, String batchId) {
        return stream(scope, batchId, WITH_JOB, this::job);
    }

    JobRecord job(Scope scope, JobReference reference) {
        if (Ids.fault(reference.id(), Ids.MAX_FILE_ID_LENGTH) != null) {
            throw noJob(reference); // no id: a store need not take it
        }
        List<FileRecord> own =
                engine.store(store -> store.files(new FileQuery.ByJob(scope.projectId(), reference.id())));
        String batchId =
                own.isEmpty() ? Ids.batchIdOfJob(reference.id()) : own.get(0).batchId();
        if (batchId == null) {
            throw noJob(reference);
        }
        StoredBatch batch = engine.store(store -> store.find(new BatchKey.ById(scope.projectId(), batchId)))
                .orElseThrow(() -> noJob(reference));
        FileRecord file;
        if (own.isEmpty()) {
            long ordinal = Ids.ordinalOfJob(reference.id());
            file =
                    engine
                            .store(store ->
                                    store.files(FileQuery.InBatch.of(batchId, ordinal, ordinal + 1, Set.of(), 1)))
                            .stream()
                            .findFirst()
                            .orElseThrow(() -> noJob(reference));
        } else {
            file = own.get(0);
        }
        // No job was created for a mapping error, nor for a file that had not started when its batch ended.
        boolean hasJob = file.settled() == null
                ? !batch.state().status().isTerminal()
                : file.settled().outcome() != FileOutcome.MAPPING_ERROR;
        JobRecord record = hasJob ? job(batch, file) : null;
        if (record == null || !record.reference().equals(reference)) {
            throw noJob(reference);
        }
        return record;
    }

    BatchProgress progress(Scope scope, String batchId) {
        StoredBatch found;
        try {
            found = require(engine, scope, batchId);
        } catch (BatchEngineException failure) {
            StoredBatch own = engine.active(scope.projectId(), batchId);
            if (failure.code() != ErrorCode.STORE_UNAVAILABLE || own == null) {
                throw failure;
            }
            found = own; // as it was last written; the progress says that the store fails
        }
        return engine.progress(found);
    }

    private static BatchEngineException noJob(JobReference reference) {
        return BatchEngineException.of(
                ErrorCode.JOB_NOT_FOUND,
                Text.format("there is no %s job %s in this project", reference.type(), Text.quote(reference.id())));
    }

    private <T> Page<T> files(
            Scope scope,
            String batchId,
            PageRequest page,
            String what,
            Set<FileOutcome> outcomes,
            BiFunction<StoredBatch, FileRecord, T> map) {
        StoredBatch batch = require(engine, scope, batchId);
        List<@Nullable Object> context = Arrays.asList(what, scope.projectId(), batchId);
        String place = PageTokens.place(context, page.pageToken());
        long from = place == null ? 0 : ordinal(place, page.pageToken());
        Part part = read(batch, from, outcomes, page.pageSize(), next -> PageTokens.make(context, Long.toString(next)));
        String next = part.next < 0 ? null : PageTokens.make(context, Long.toString(part.next));
        return new Page<>(
                part.files.stream().map(file -> map.apply(batch, file)).toList(), next, OptionalLong.empty());
    }

    private <T> Stream<T> stream(
            Scope scope, String batchId, Set<FileOutcome> outcomes, BiFunction<StoredBatch, FileRecord, T> map) {
        StoredBatch batch = require(engine, scope, batchId);
        Iterator<T> pages = new AbstractIterator<>() {
            private Iterator<FileRecord> page = List.<FileRecord>of().iterator();
            private long next;
            private boolean last;

            @Override
            protected @Nullable T computeNext() {
                if (!page.hasNext() && !last) {
                    Part part = read(batch, next, outcomes, READ_SIZE, place -> null);
                    last = part.next < 0;
                    next = part.next;
                    page = part.files.iterator();
                }
                return page.hasNext() ? map.apply(batch, page.next()) : endOfData();
            }
        };
        return stream(pages);
    }

    private static <T> Stream<T> stream(Iterator<T> items) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, traits), false);
    }

    /** Files, and the ordinal from which to read on, or -1 where there are no more. */
    private record Part(List<FileRecord> files, long next) {}

    /** Reads up to the first damaged file. If the first file is damaged, throws and names the place after it. */
    private Part read(
            StoredBatch batch, long from, Set<FileOutcome> outcomes, int limit, LongFunction<@Nullable String> token) {
        // A batch that has not ended is read up to where all is settled, so that no later page comes before an earlier
        // one.
        long below = batch.state().status().isTerminal()
                ? Long.MAX_VALUE
                : batch.state().settledBelow();
        if (from >= below) {
            return new Part(List.of(), -1);
        }
        try {
            List<FileRecord> read = files(batch, from, below, outcomes, limit);
            long next = read.isEmpty() ? from : read.get(read.size() - 1).ordinal() + 1;
            if (read.size() < limit) {
                requireEnd(batch, next, outcomes);
            }
            return new Part(read, read.size() < limit ? -1 : next);
        } catch (BatchEngineException failure) {
            DamagedFiles damaged = failure.damagedFiles().orElseThrow(() -> failure);
            List<FileRecord> before =
                    damaged.from() <= from ? List.of() : files(batch, from, damaged.from(), outcomes, limit);
            if (before.isEmpty()) {
                boolean more = damaged.below() > damaged.from() && damaged.below() < below;
                throw BatchEngineException.of(
                        damaged.withNextPageToken(more ? token.apply(damaged.below()) : null), failure);
            }
            return new Part(before, damaged.from());
        }
    }

    /** A page that ends early looks like the last one; of a completed batch it is known how many files there are. */
    private void requireEnd(StoredBatch batch, long next, Set<FileOutcome> outcomes) {
        FileCounts counts = batch.state().counts();
        boolean whole = batch.state().status() == BatchStatus.COMPLETED
                && (outcomes.equals(ANY) || (outcomes.equals(WITH_JOB) && counts.mappingErrors() == 0));
        if (!whole || next >= counts.listed()) {
            return;
        }
        BatchKey key = new BatchKey.ById(batch.request().scope().projectId(), batch.id());
        if (engine.store(store -> store.find(key)).isPresent()) { // it may be deleted meanwhile
            throw BatchEngineException.of(
                    ErrorCode.STORE_CORRUPT,
                    Text.format(
                            "the store tells the files of batch %s up to %d, and it has %d: rows are missing",
                            Text.quote(batch.id()), next, counts.listed()));
        }
    }

    private List<FileRecord> files(StoredBatch batch, long from, long below, Set<FileOutcome> outcomes, int limit) {
        return engine.store(store -> store.files(FileQuery.InBatch.of(batch.id(), from, below, outcomes, limit)));
    }

    private static BatchResult result(StoredBatch batch, FileRecord file) {
        var settled = file.settled();
        if (settled != null && settled.outcome() == FileOutcome.MAPPING_ERROR) {
            String message = settled.message() == null ? "no job could be created" : settled.message();
            return BatchResult.ofMappingError(file.fileId(), message);
        }
        return BatchResult.ofJob(file.fileId(), JobRecords.reference(batch, file));
    }

    private JobRecord job(StoredBatch batch, FileRecord file) {
        return JobRecords.of(engine, batch, file);
    }

    private static BatchQuery.@Nullable Position position(List<@Nullable Object> context, @Nullable String token) {
        String place = PageTokens.place(context, token);
        if (place == null || token == null) {
            return null;
        }
        int space = Math.max(0, place.indexOf(' '));
        String batchId = place.substring(Math.min(space + 1, place.length()));
        if (!Ids.isBatchId(batchId)) {
            throw PageTokens.refused(token);
        }
        try {
            return new BatchQuery.Position(Instant.parse(place.substring(0, space)), batchId);
        } catch (DateTimeParseException forged) {
            throw PageTokens.refused(token);
        }
    }

    private static long ordinal(String place, @Nullable String token) {
        Optional<Long> ordinal =
                Optional.of(place).filter(text -> text.matches("[0-9]{1,10}")).map(Long::valueOf);
        return ordinal.orElseThrow(() -> PageTokens.refused(String.valueOf(token)));
    }
}
