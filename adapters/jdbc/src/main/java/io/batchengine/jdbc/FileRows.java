package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;

import io.batchengine.spi.DelayedQuery;
import io.batchengine.spi.FileQuery;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SettledFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads files: their ids from pages, their ends from the settled ones, what waits from the parked ones.
 *
 * <p>Each query sees its own moment. Parked rows are read before settled ones, so that a file that is settled meanwhile is never seen as
 * neither; and a batch is looked up once more at the end, so that one whose deletion has begun is not seen in parts.
 */
final class FileRows {
    private static final class Page {
        private final long first;
        private final int count;
        private final byte[] ids;

        Page(long first, int count, byte[] ids) {
            this.first = first;
            this.count = count;
            this.ids = ids;
        }

        long end() {
            return first + count;
        }

        List<String> ids(long from, long below) {
            return PageIds.decode(ids, (int) (from - first), (int) (Math.min(below, end()) - first));
        }
    }

    private record OwnJob(String batchId, long number, long ordinal) {}

    /** A batch as a read finds it: no file of it lies at or behind the end of its pages. */
    private record Found(long number, long pageEnd) {}

    private final SettledRows settled;
    private final String findBatch;
    private final String findPage;
    private final String readParked;
    private final String readDelayed;
    private final String findJob;

    FileRows(Tables tables, SettledRows settled) {
        this.settled = settled;
        findBatch = "select number, page_end from " + tables.batch() + " where id = ? and hidden = 0";
        findPage = "select first_ordinal, n, ids from " + tables.page()
                + " where number = ? and first_ordinal <= ? order by first_ordinal desc limit 1";
        readParked = "select ordinal, attempts, mapped, not_before_us, deaths, mark from " + tables.parked()
                + " where number = ? and ordinal >= ? and ordinal < ?";
        readDelayed = "select ordinal, attempts, mapped, not_before_us, deaths, mark from " + tables.parked()
                + " where number = ? and not_before_us is not null and (not_before_us, ordinal) >= (?, ?)"
                + " order by not_before_us, ordinal limit ?";
        findJob = "select b.id, b.number, f.ordinal from " + tables.file() + " f join " + tables.batch()
                + " b on b.number = f.number where f.job_id = ? and b.project = ? and b.hidden = 0"
                + " order by f.number desc limit 1";
    }

    List<FileRecord> read(Session session, FileQuery query) throws SQLException {
        if (query instanceof FileQuery.InBatch inBatch) {
            Optional<Found> batch = find(session, inBatch.batchId());
            if (batch.isEmpty()) {
                return List.of();
            }
            List<FileRecord> found = inBatch.outcomes().isEmpty()
                    ? readAll(session, batch.get().number, inBatch)
                    : readSettled(session, batch.get(), inBatch);
            Optional<Long> again = find(session, inBatch.batchId()).map(Found::number);
            return again.equals(batch.map(Found::number)) ? found : List.of();
        }
        FileQuery.ByJob byJob = (FileQuery.ByJob) query;
        Optional<OwnJob> job = session.queryOne(
                findJob,
                args -> args.text(byJob.jobId()).text(byJob.projectId()),
                row -> new OwnJob(row.text(), row.number(), row.number()));
        if (job.isEmpty()) {
            return List.of();
        }
        long ordinal = job.get().ordinal;
        return readAll(
                session, job.get().number, new FileQuery.InBatch(job.get().batchId, ordinal, ordinal + 1, Set.of(), 1));
    }

    /** A parked row is deleted by the write that settles its file, so none of these is settled. */
    List<FileRecord> read(Session session, DelayedQuery query) throws SQLException {
        Optional<Found> batch = find(session, query.batchId());
        if (batch.isEmpty()) {
            return List.of();
        }
        List<ParkedFile> files = session.query(
                readDelayed,
                args -> args.number(batch.get().number)
                        .number(Micros.of(query.from()))
                        .number(query.fromOrdinal())
                        .number(query.limit()),
                FileRows::parked);
        Map<Long, String> ids = ids(session, batch.get().number, files);
        if (ids.size() < files.size()) {
            return List.of(); // its deletion has begun
        }
        List<FileRecord> found = new ArrayList<>(files.size());
        for (ParkedFile file : files) {
            found.add(new FileRecord(
                    query.batchId(), file.ordinal(), requireNonNull(ids.get(file.ordinal())), null, file));
        }
        return found;
    }

    /** The ids of some files; each of their pages is read once. */
    private Map<Long, String> ids(Session session, long number, List<ParkedFile> files) throws SQLException {
        List<Long> ordinals = files.stream().map(ParkedFile::ordinal).sorted().toList();
        Map<Long, String> found = new HashMap<>();
        Page page = null;
        List<String> ids = List.of();
        for (long ordinal : ordinals) {
            if (page == null || ordinal >= page.end()) {
                page = page(session, number, ordinal);
                if (page == null) {
                    return found;
                }
                ids = page.ids(page.first, page.end());
            }
            found.put(ordinal, ids.get((int) (ordinal - page.first)));
        }
        return found;
    }

    private Optional<Found> find(Session session, String batchId) throws SQLException {
        return session.queryOne(findBatch, args -> args.text(batchId), row -> new Found(row.number(), row.number()));
    }

    /** All files of a range: as ordinals have no gaps, the limit bounds the range. */
    private List<FileRecord> readAll(Session session, long number, FileQuery.InBatch query) throws SQLException {
        long from = Math.max(0, query.from());
        long below =
                Math.min(query.below(), from > Long.MAX_VALUE - query.limit() ? Long.MAX_VALUE : from + query.limit());
        if (from >= below) {
            return List.of();
        }
        Session.Bind range = args -> args.number(number).number(from).number(below);
        Map<Long, ParkedFile> parked = new HashMap<>();
        session.query(readParked, range, FileRows::parked).forEach(file -> parked.put(file.ordinal(), file));
        Map<Long, SettledFile> ends = new HashMap<>();
        settled.read(session, number, from, below).forEach(file -> ends.put(file.ordinal(), file));
        List<FileRecord> found = new ArrayList<>();
        long next = from;
        Page page;
        while (next < below && (page = page(session, number, next)) != null) {
            for (String id : page.ids(next, below)) {
                SettledFile end = ends.get(next);
                found.add(new FileRecord(query.batchId(), next, id, end, end == null ? parked.get(next) : null));
                next++;
            }
        }
        return found;
    }

    private List<FileRecord> readSettled(Session session, Found batch, FileQuery.InBatch query) throws SQLException {
        long from = Math.max(0, query.from());
        long below = Math.min(query.below(), batch.pageEnd);
        List<SettledFile> files = settled.read(session, batch.number, from, below, query.outcomes(), query.limit());
        List<FileRecord> found = new ArrayList<>(files.size());
        Page page = null;
        List<String> ids = List.of();
        for (SettledFile file : files) {
            if (page == null || file.ordinal() >= page.end()) {
                page = page(session, batch.number, file.ordinal());
                if (page == null) {
                    return List.of(); // its deletion has begun
                }
                ids = page.ids(page.first, page.end());
            }
            String id = ids.get((int) (file.ordinal() - page.first));
            found.add(new FileRecord(query.batchId(), file.ordinal(), id, file, null));
        }
        return found;
    }

    private @Nullable Page page(Session session, long number, long ordinal) throws SQLException {
        return session.queryOne(
                        findPage,
                        args -> args.number(number).number(ordinal),
                        row -> new Page(row.number(), row.integer(), row.bytes()))
                .filter(page -> ordinal < page.end())
                .orElse(null);
    }

    private static ParkedFile parked(Row row) throws SQLException {
        return new ParkedFile(
                row.number(),
                row.integer(),
                row.flag(),
                Micros.orNull(row.numberOrNull()),
                row.integer(),
                Codes.mark(row.integer()));
    }
}
