package io.batchengine.jdbc;

import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Files that succeeded at once and have nothing else to tell, as most files do: many of them in one row. A row holds files of one block of
 * {@value #BLOCK} ordinals alone, so that the rows of a block hold all there is to know of its ordinals; a block has as many rows as there
 * were writes that settled some of it.
 *
 * <p>The value of a row has, behind one byte that tells the form, for each run of neighbours that ended at the same time and took
 * as long: how many ordinals were passed over since the one before (from the row's first), how many follow the first of the run, by how
 * many microseconds they ended later than the one before (than 1970), and how many milliseconds each took: {@code varint varint zigzag
 * varint}.
 */
final class Successes {
    static final int BLOCK = 256;
    private static final byte FORM = 1;

    /** A row. */
    static final class SharedRow {
        final long first; // the lowest ordinal of its files
        final int count;
        final byte[] ends; // when they ended and how long they took

        SharedRow(long first, int count, byte[] ends) {
            this.first = first;
            this.count = count;
            this.ends = ends;
        }
    }

    private final Octets out = new Octets();
    private final List<SettledFile> files;
    private int next;

    private Successes(List<SettledFile> files) {
        this.files = files;
    }

    /** Whether a file can be held so. */
    static boolean holds(SettledFile file) {
        return file.outcome() == FileOutcome.SUCCEEDED
                && file.attempts() == 1
                && file.jobId() == null
                && file.message() == null;
    }

    /** The first ordinal of the block of an ordinal. */
    static long blockOf(long ordinal) {
        return ordinal - Math.floorMod(ordinal, (long) BLOCK);
    }

    /** The rows of files that stand in the order of their ordinals. */
    static List<SharedRow> rows(List<SettledFile> files) {
        Successes successes = new Successes(files);
        List<SharedRow> rows = new ArrayList<>();
        while (successes.next < files.size()) {
            rows.add(successes.row());
        }
        return rows;
    }

    private SharedRow row() {
        int begin = next;
        long first = files.get(begin).ordinal();
        long end = blockOf(first) + BLOCK;
        out.put(FORM);
        long expected = first;
        long micros = 0;
        while (next < files.size() && files.get(next).ordinal() < end) {
            SettledFile file = files.get(next);
            int alike = alike(end);
            long ended = Micros.of(file.finishedAt());
            out.putNumber(file.ordinal() - expected);
            out.putNumber(alike);
            out.putSigned(ended - micros);
            out.putNumber(file.durationMillis());
            expected = file.ordinal() + alike + 1;
            micros = ended;
            next += alike + 1;
        }
        return new SharedRow(first, next - begin, out.take());
    }

    /** How many files that follow differ from the next one by their ordinals alone. */
    private int alike(long end) {
        SettledFile one = files.get(next);
        int alike = 0;
        while (next + alike + 1 < files.size()) {
            SettledFile other = files.get(next + alike + 1);
            if (other.ordinal() != one.ordinal() + alike + 1
                    || other.ordinal() >= end
                    || other.durationMillis() != one.durationMillis()
                    || !other.finishedAt().equals(one.finishedAt())) {
                return alike;
            }
            alike++;
        }
        return alike;
    }

    /** Tells the files of a row, in the order of their ordinals: so many, all of one block; else throws {@link Octets.CutException}. */
    static void read(long first, int count, byte[] ends, Consumer<SettledFile> to) {
        if (ends.length == 0 || ends[0] != FORM) {
            throw new IllegalStateException("a row of settled files has a form that this version does not know");
        }
        List<SettledFile> files = new ArrayList<>(Math.min(Math.max(count, 0), BLOCK));
        long blockEnd = blockOf(first) + BLOCK;
        Octets.Reader in = new Octets.Reader(ends);
        in.one();
        long ordinal = first;
        long micros = 0;
        while (in.hasMore()) {
            ordinal += in.upTo(BLOCK);
            long end = ordinal + in.upTo(BLOCK) + 1;
            micros += in.signed();
            Instant ended = Micros.at(micros);
            int duration = (int) in.number();
            if (end > blockEnd) {
                throw new Octets.CutException();
            }
            for (; ordinal < end; ordinal++) {
                files.add(SettledFile.of(ordinal, FileOutcome.SUCCEEDED, 1, ended, duration, null, null));
            }
        }
        if (files.size() != count) {
            throw new Octets.CutException();
        }
        files.forEach(to);
    }
}
