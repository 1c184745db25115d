package io.batchengine.jdbc.kill;

import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The directories of a workload: one for each of its batches. */
record PlannedDirectory(Workload workload) implements SourceDirectory {
    @Override
    public boolean exists(Scope scope, String directoryId) {
        return PlannedBatch.indexOf(directoryId) < workload.batches().size();
    }

    @Override
    public Listing list(ListRequest request) {
        int first = request.afterId().map(id -> PlannedBatch.ordinalOf(id) + 1).orElse(0);
        return new PlannedListing(workload.of(request.directoryId()), first);
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) {
        String planned = workload.of(request.directoryId()).fileId(PlannedBatch.ordinalOf(request.fileId()));
        return planned.equals(request.fileId()) ? Optional.of(new PlannedFile(request.fileId())) : Optional.empty();
    }

    private record PlannedFile(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }

    private static final class PlannedListing implements Listing {
        private final PlannedBatch batch;
        private int next;
        private boolean again;

        PlannedListing(PlannedBatch batch, int first) {
            this.batch = batch;
            this.next = first;
        }

        @Override
        public FilePage next(int limit) {
            List<PlannedFile> page = new ArrayList<>();
            while (page.size() < limit && next < batch.files()) {
                page.add(new PlannedFile(batch.fileId(next)));
                again = !again && batch.isDuplicate(next);
                next += again ? 0 : 1;
            }
            return FilePage.of(page, next == batch.files());
        }

        @Override
        public void close() {}
    }
}
