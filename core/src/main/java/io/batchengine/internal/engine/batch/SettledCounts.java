package io.batchengine.internal.engine.batch;

import io.batchengine.model.FileCounts;
import io.batchengine.spi.SettledFile;
import java.util.List;

/** Counts settled files by how they ended. */
final class SettledCounts {
    private SettledCounts() {}

    /** The counts of the files from a place on. */
    static FileCounts of(List<SettledFile> files, int from) {
        long errors = 0;
        long succeeded = 0;
        long failed = 0;
        long cancelled = 0;
        for (int i = from; i < files.size(); i++) {
            switch (files.get(i).outcome()) {
                case SUCCEEDED -> succeeded++;
                case FAILED -> failed++;
                case CANCELLED -> cancelled++;
                case MAPPING_ERROR -> errors++;
            }
        }
        return FileCounts.builder()
                .mappingErrors(errors)
                .succeeded(succeeded)
                .failed(failed)
                .cancelled(cancelled)
                .build();
    }

    /** The counts with another number of listed files. */
    static FileCounts withListed(FileCounts counts, long listed) {
        return counts.toBuilder().listed(listed).build();
    }

    /** What takes the ends out of the counts again. */
    static FileCounts negated(FileCounts ends) {
        return FileCounts.builder()
                .mappingErrors(-ends.mappingErrors())
                .succeeded(-ends.succeeded())
                .failed(-ends.failed())
                .cancelled(-ends.cancelled())
                .build();
    }
}
