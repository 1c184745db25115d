package io.batchengine.benchmarks.lineup;

import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.rows.RowBlock;
import io.batchengine.benchmarks.rows.RowSink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Nothing but rows: one for each batch, each acknowledged, and then one per file (ordinal, file id, outcome, times), in durable commits of
 * {@value #COMMIT}. The calling thread calls the jobs too.
 */
final class BareLoop implements Contender {
    /** Rows in a commit. */
    static final int COMMIT = 5_000;

    private final RowSink sink;
    private final int batches;
    private final RowBlock block = new RowBlock(COMMIT);
    private List<String> ids = List.of();

    BareLoop(RowSink sink, int batches) {
        this.sink = sink;
        this.batches = batches;
    }

    @Override
    public void run(int files, FileJob job) throws IOException, SQLException {
        if (ids.size() != files) { // in the first round, which warms up
            ids = CountedFiles.prepared().files(files).ids();
        }
        sink.create(batches);
        for (int ordinal = 0; ordinal < files; ordinal++) {
            int outcome = job.run(ordinal) == null ? 0 : 1;
            block.add(ordinal, ids.get(ordinal), outcome, RowSink.CREATED_US + ordinal, 0);
            if (block.isFull()) {
                write();
            }
        }
        if (block.size() > 0) {
            write();
        }
    }

    private void write() throws IOException, SQLException {
        sink.write(block);
        block.clear();
    }

    @Override
    public void clear() throws IOException, SQLException {
        sink.clear();
    }

    @Override
    public void close() throws IOException, SQLException {
        sink.close();
    }
}
