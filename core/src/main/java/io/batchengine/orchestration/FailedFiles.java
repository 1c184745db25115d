package io.batchengine.orchestration;

import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileQuery;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The failed files and mapping errors of an ended batch, as a source directory: read from its pages, found in the real one. */
final class FailedFiles implements SourceDirectory {
    private static final Set<FileOutcome> FAILED = EnumSet.of(FileOutcome.FAILED, FileOutcome.MAPPING_ERROR);

    private final SourceDirectory real;
    private final BatchStore store;
    private final String batchId;

    FailedFiles(SourceDirectory real, BatchStore store, String batchId) {
        this.real = real;
        this.store = store;
        this.batchId = batchId;
    }

    @Override
    public boolean exists(Scope scope, String directoryId) throws Exception {
        return real.exists(scope, directoryId);
    }

    @Override
    public Listing list(Scope scope, String directoryId, Optional<String> afterId) {
        return new Listing() {
            private long from;

            @Override
            public FilePage next(int limit) {
                List<FileRecord> read =
                        store.files(new FileQuery.InBatch(batchId, from, Long.MAX_VALUE, FAILED, limit));
                if (!read.isEmpty()) {
                    from = read.get(read.size() - 1).ordinal() + 1;
                }
                List<SourceFile> files = read.stream()
                        .map(FileRecord::fileId)
                        .filter(id -> afterId.isEmpty() || Ids.compareUtf8(afterId.get(), id) < 0)
                        .<SourceFile>map(id -> new FoundAgain(real, scope, directoryId, id))
                        .toList();
                return new FilePage(files, read.size() < limit);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<SourceFile> find(Scope scope, String directoryId, String fileId) throws Exception {
        return real.find(scope, directoryId, fileId);
    }
}
