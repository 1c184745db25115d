package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;

import io.batchengine.jdbc.FilePages.Page;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.DamagedFiles;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.FileQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a batch, and tells of those that can't be read: a row of theirs is damaged, or one is missing that must be there. A file
 * has a page; below {@link io.batchengine.spi.store.BatchState#settledBelow}, and in a batch that counted as many ends as files, each has an
 * end; and an ended batch has as many ends as it counted.
 */
final class FileReading {
    /** The most ordinals that one query looks through for files of some outcomes. */
    private static final long WIDEST_LOOK = 64 * Successes.BLOCK;

    private final SettledRows settled;
    private final FilePages pages;
    private final String readDelayed;
    private final String readWaiting;

    FileReading(Tables tables, SettledRows settled) {
        this.settled = settled;
        this.pages = new FilePages(tables);
        String delayed =
                "select ordinal, attempts, mapped, not_before_us, crashes, mark, checksum from " + tables.delayed();
        readWaiting = delayed + " where number = ? and not_before_us is not null and (not_before_us, ordinal) >= (?, ?)"
                + " order by not_before_us, ordinal limit ?";
        readDelayed = delayed + " where number = ? and ordinal >= ? and ordinal < ?";
    }

    List<FileRecord> read(Session session, NumberedBatch batch, FileQuery.InBatch query) throws SQLException {
        try {
            return readRange(session, batch, query);
        } catch (SQLException failure) {
            if (!Failures.isDamage(failure)) {
                throw failure;
            }
            throw new DamageSearch(query, batch.pageEnd(), part -> readRange(session, batch, part)).locate(failure);
        }
    }

    private List<FileRecord> readRange(Session session, NumberedBatch batch, FileQuery.InBatch query)
            throws SQLException {
        long from = Math.max(0, query.from());
        long below = Math.min(query.below(), batch.pageEnd());
        List<FileRecord> found;
        if (query.outcomes().isEmpty()) {
            long end = Math.min(below, from > Long.MAX_VALUE - query.limit() ? Long.MAX_VALUE : from + query.limit());
            found = from >= end ? List.of() : readAll(session, batch, from, end);
        } else if (query.outcomes().contains(FileOutcome.SUCCEEDED)) {
            found = named(session, batch, readSettled(session, batch, query, from, below));
        } else {
            found = named(session, batch, readUnsuccessful(session, batch, query, from, below));
        }
        boolean toItsEnd = found.size() < query.limit() && query.below() > batch.pageEnd();
        if (toItsEnd && !query.outcomes().isEmpty()) {
            requireAll(session, batch, query, found.size());
        }
        return found;
    }

    /** All files of a range. */
    private List<FileRecord> readAll(Session session, NumberedBatch batch, long from, long below) throws SQLException {
        long number = batch.number();
        Ends broken = new Ends();
        Map<Long, DelayedFile> delayed = delayed(session, number, from, below, broken);
        Ends ends = settled.read(session, number, from, below);
        long covered = coveredBelow(batch);
        LongPredicate damaged = ordinal -> !ends.files().containsKey(ordinal)
                && (ordinal < covered
                        || ends.unsure().contains(ordinal)
                        || broken.unsure().contains(ordinal));
        List<FileRecord> found = new ArrayList<>();
        long next = from;
        while (next < below) {
            Page page = pages.find(session, number, next);
            if (page == null) {
                throw damage(batch, next, pages.nextFirst(session, number, next, below));
            }
            for (String id : page.ids(next, below)) {
                if (damaged.test(next)) {
                    throw damage(batch, next, end(next, below, damaged));
                }
                SettledFile end = ends.files().get(next);
                found.add(FileRecord.of(batch.id(), next, id, end, end == null ? delayed.get(next) : null));
                next++;
            }
        }
        return found;
    }

    private static long end(long first, long below, LongPredicate damaged) {
        long end = first + 1;
        while (end < below && damaged.test(end)) {
            end++;
        }
        return end;
    }

    private List<SettledFile> readSettled(
            Session session, NumberedBatch batch, FileQuery.InBatch query, long from, long below) throws SQLException {
        List<SettledFile> found = new ArrayList<>();
        long covered = coveredBelow(batch);
        long width = Math.min(query.limit(), WIDEST_LOOK); // enough where all of them have succeeded
        for (long next = from; next < below && found.size() < query.limit(); width = Math.min(2 * width, WIDEST_LOOK)) {
            // To the end of a block, whose rows would be read as a whole anyway.
            boolean last = next > below - width - Successes.BLOCK;
            long end = last ? below : Successes.blockOf(next + width) + Successes.BLOCK;
            Ends ends = settled.read(session, batch.number(), next, end);
            LongPredicate damaged = ordinal -> !ends.files().containsKey(ordinal)
                    && (ordinal < covered || ends.unsure().contains(ordinal));
            long expected = next;
            for (SettledFile file : ends.files().values()) {
                requireNone(batch, expected, file.ordinal(), damaged);
                expected = file.ordinal() + 1;
                if (query.outcomes().contains(file.outcome())) {
                    found.add(file);
                    if (found.size() == query.limit()) {
                        return found;
                    }
                }
            }
            requireNone(batch, expected, end, damaged);
            next = end;
        }
        return found;
    }

    private static void requireNone(NumberedBatch batch, long from, long below, LongPredicate damaged) {
        for (long ordinal = from; ordinal < below; ordinal++) {
            if (damaged.test(ordinal)) {
                throw damage(batch, ordinal, end(ordinal, below, damaged));
            }
        }
    }

    private List<SettledFile> readUnsuccessful(
            Session session, NumberedBatch batch, FileQuery.InBatch query, long from, long below) throws SQLException {
        Ends ends = settled.readUnsuccessful(session, batch.number(), from, below, query.outcomes(), query.limit());
        if (!ends.unsure().isEmpty()) {
            long first = ends.unsure().first();
            throw damage(batch, first, end(first, below, ends.unsure()::contains));
        }
        return List.copyOf(ends.files().values());
    }

    /** Adds the ids, page by page. */
    private List<FileRecord> named(Session session, NumberedBatch batch, List<SettledFile> files) throws SQLException {
        List<FileRecord> found = new ArrayList<>(files.size());
        Page page = null;
        List<String> ids = List.of();
        for (SettledFile file : files) {
            if (page == null || file.ordinal() >= page.end()) {
                page = pages.find(session, batch.number(), file.ordinal());
                if (page == null) {
                    long next = pages.nextFirst(session, batch.number(), file.ordinal(), batch.pageEnd());
                    throw damage(batch, file.ordinal(), next);
                }
                ids = page.ids(page.first(), page.end());
            }
            String id = ids.get((int) (file.ordinal() - page.first()));
            found.add(FileRecord.of(batch.id(), file.ordinal(), id, file, null));
        }
        return found;
    }

    /** Below it each file has an end. */
    private static long coveredBelow(NumberedBatch batch) {
        var state = batch.batch().state();
        return state.counts().settled() == batch.pageEnd() ? batch.pageEnd() : state.settledBelow();
    }

    /** Counts what an ended batch has, where its last files were read. */
    private void requireAll(Session session, NumberedBatch batch, FileQuery.InBatch query, int found)
            throws SQLException {
        FileCounts counts = batch.batch().state().counts();
        Set<FileOutcome> outcomes = query.outcomes();
        if (!batch.batch().state().status().isTerminal()) {
            return;
        }
        boolean all;
        if (!outcomes.contains(FileOutcome.SUCCEEDED)) {
            long present = query.from() <= 0 ? found : settled.count(session, batch.number(), outcomes);
            all = present
                    == outcomes.stream()
                            .mapToLong(outcome -> counted(counts, outcome))
                            .sum();
        } else {
            all = coveredBelow(batch) == batch.pageEnd() || settled.count(session, batch.number()) == counts.settled();
        }
        if (!all) {
            throw damage(batch, batch.pageEnd(), batch.pageEnd());
        }
    }

    private static long counted(FileCounts counts, FileOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> counts.succeeded();
            case FAILED -> counts.failed();
            case CANCELLED -> counts.cancelled();
            case MAPPING_ERROR -> counts.mappingErrors();
        };
    }

    private Map<Long, DelayedFile> delayed(Session session, long number, long from, long below, Ends broken)
            throws SQLException {
        Map<Long, DelayedFile> delayed = new HashMap<>();
        session.query(readDelayed, args -> args.number(number).number(from).number(below), row -> {
            DelayedFile file = delayed(row, number, broken);
            return file != null && delayed.put(file.ordinal(), file) == null;
        });
        return delayed;
    }

    /** A delayed file, or null where its row is damaged. */
    private static @Nullable DelayedFile delayed(ResultRow row, long number, Ends broken) throws SQLException {
        row.begin().covers(number);
        long ordinal = row.number();
        int attempts = row.integer();
        boolean mapped = row.flag();
        Long notBefore = row.numberOrNull();
        int crashes = row.integer();
        int mark = row.integer();
        if (row.isWhole()) {
            return DelayedFile.of(ordinal, attempts, mapped, Micros.orNull(notBefore), crashes, Codes.mark(mark));
        }
        broken.unsure(ordinal, ordinal + 1);
        return null;
    }

    /** Files that wait for their next attempt, the one that is due first before the others. */
    List<FileRecord> readWaiting(Session session, NumberedBatch batch, DelayedQuery query) throws SQLException {
        Ends broken = new Ends();
        List<DelayedFile> files = new ArrayList<>();
        session.query(
                readWaiting,
                args -> args.number(batch.number())
                        .number(Micros.of(query.from()))
                        .number(query.fromOrdinal())
                        .number(query.limit()),
                row -> {
                    DelayedFile file = delayed(row, batch.number(), broken);
                    return file != null && files.add(file);
                });
        if (!broken.unsure().isEmpty()) {
            long first = broken.unsure().first();
            throw damage(batch, first, first + 1);
        }
        Map<Long, String> ids = ids(session, batch, files);
        List<FileRecord> found = new ArrayList<>(files.size());
        for (DelayedFile file : files) {
            found.add(FileRecord.of(
                    query.batchId(), file.ordinal(), requireNonNull(ids.get(file.ordinal())), null, file));
        }
        return found;
    }

    /** The ids of some files; each of their pages is read once. */
    private Map<Long, String> ids(Session session, NumberedBatch batch, List<DelayedFile> files) throws SQLException {
        List<Long> ordinals = files.stream().map(DelayedFile::ordinal).sorted().toList();
        Map<Long, String> found = new HashMap<>();
        Page page = null;
        List<String> ids = List.of();
        for (long ordinal : ordinals) {
            if (page == null || ordinal >= page.end()) {
                page = pages.find(session, batch.number(), ordinal);
                if (page == null) {
                    throw damage(batch, ordinal, ordinal + 1);
                }
                ids = page.ids(page.first(), page.end());
            }
            found.put(ordinal, ids.get((int) (ordinal - page.first())));
        }
        return found;
    }

    private static BatchEngineException damage(NumberedBatch batch, long from, long below) {
        return damage(batch.id(), from, below, null);
    }

    static BatchEngineException damage(String batchId, long from, long below, @Nullable Throwable cause) {
        return BatchEngineException.of(DamagedFiles.of(batchId, from, below), cause);
    }
}
