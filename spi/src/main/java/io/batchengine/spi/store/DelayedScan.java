package io.batchengine.spi.store;

import io.batchengine.spi.FileRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/** Finds the files that wait for a retry by a look at all files of their batch. Keeps no more of them than were asked for. */
final class DelayedScan {
    private static final int READ_SIZE = 1_000;
    private static final Comparator<FileRecord> ORDER =
            Comparator.comparing(DelayedScan::due).thenComparingLong(FileRecord::ordinal);

    private DelayedScan() {}

    static List<FileRecord> read(BatchStore store, DelayedQuery query) {
        PriorityQueue<FileRecord> first = new PriorityQueue<>(ORDER.reversed());
        long from = 0;
        List<FileRecord> read;
        do {
            read = store.files(FileQuery.InBatch.of(query.batchId(), from, Long.MAX_VALUE, Set.of(), READ_SIZE));
            for (FileRecord file : read) {
                if (query.includes(file)) {
                    first.add(file);
                    if (first.size() > query.limit()) {
                        first.remove();
                    }
                }
            }
            from += read.size();
        } while (read.size() == READ_SIZE);
        List<FileRecord> found = new ArrayList<>(first);
        found.sort(ORDER);
        return found;
    }

    private static Instant due(FileRecord file) {
        return Objects.requireNonNull(Objects.requireNonNull(file.delayed()).notBefore());
    }
}
