package io.batchengine.internal.engine.claim;

import io.batchengine.internal.engine.job.LookedUpFile;
import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The failed files and mapping errors of an ended batch, as a source directory: read from its pages, found in the real one. */
final class FailedFiles implements SourceDirectory {
    private static final Set<FileOutcome> FAILED = EnumSet.of(FileOutcome.FAILED, FileOutcome.MAPPING_ERROR);

    private static final int READ_SIZE = 1_000;

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
    public Listing list(ListRequest request) {
        return new Listing() {
            private long from;
            private boolean placed = request.afterId().isEmpty();

            @Override
            public FilePage next(int limit) {
                if (!placed) {
                    from = firstBehind(request.afterId().orElseThrow());
                    placed = true;
                }
                List<FileRecord> read = store.files(FileQuery.InBatch.of(batchId, from, Long.MAX_VALUE, FAILED, limit));
                if (!read.isEmpty()) {
                    from = read.get(read.size() - 1).ordinal() + 1;
                }
                List<SourceFile> files = read.stream()
                        .map(FileRecord::fileId)
                        .<SourceFile>map(id -> new LookedUpFile(real, request.scope(), request.directoryId(), id))
                        .toList();
                return FilePage.of(files, read.size() < limit);
            }

            @Override
            public void close() {}
        };
    }

    /** The ordinal of the first failed file after an id; ordinals ascend as ids do. */
    private long firstBehind(String afterId) {
        long from = 0;
        while (true) {
            List<FileRecord> read = store.files(FileQuery.InBatch.of(batchId, from, Long.MAX_VALUE, FAILED, READ_SIZE));
            for (FileRecord file : read) {
                if (Ids.compareUtf8(afterId, file.fileId()) < 0) {
                    return file.ordinal();
                }
                from = file.ordinal() + 1;
            }
            if (read.size() < READ_SIZE) {
                return from;
            }
        }
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) throws Exception {
        return real.find(request);
    }
}
