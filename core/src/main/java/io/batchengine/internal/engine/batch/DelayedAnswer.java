package io.batchengine.internal.engine.batch;

import static java.util.Objects.requireNonNull;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.Problems;
import io.batchengine.model.Text;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a store answers to {@link DelayedQuery}: checked, for an answer that breaks the order would be asked for without end. */
final class DelayedAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(DelayedAnswer.class);

    private DelayedAnswer() {}

    static List<FileRecord> checked(List<FileRecord> read, DelayedQuery query) {
        if (read.size() > query.limit()) {
            throw new IllegalStateException(
                    Text.format("the store answered %d files where %d were asked for", read.size(), query.limit()));
        }
        DuePlace before = null;
        for (FileRecord file : read) {
            if (!query.includes(file)) {
                throw new IllegalStateException(
                        Text.format("the store answered file %d, which does not wait as asked for", file.ordinal()));
            }
            DuePlace place = place(file);
            if (before != null && place.compareTo(before) <= 0) {
                throw new IllegalStateException(
                        Text.format("the store answered file %d out of the order of due times", file.ordinal()));
            }
            before = place;
        }
        return List.copyOf(read);
    }

    static DuePlace place(FileRecord file) {
        return new DuePlace(requireNonNull(requireNonNull(file.delayed()).notBefore()), file.ordinal());
    }

    static String missing(String batchId, long files) {
        return Text.format("%d files of batch %s wait for a retry, and the store does not tell them", files, batchId);
    }

    /** Whether a batch is stored as it was written last, or later, under the same claim. */
    static boolean stands(EngineBase engine, StoredBatch written) {
        String project = written.request().scope().projectId();
        return engine.store
                .find(new BatchKey.ById(project, written.id()))
                .filter(now -> now.claim().equals(written.claim())
                        && now.state().version() >= written.state().version())
                .isPresent();
    }

    static void report(EngineBase engine, String batchId, String failure) {
        String message =
                Text.format("files of batch %s that wait for a retry can't be read back yet: %s", batchId, failure);
        LOG.warn("{}", message);
        engine.problems.set(Problems.STORE_READ, message);
    }
}
