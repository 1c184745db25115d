package io.batchengine.spi.store;

import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which files to read. Closed: a new kind of query comes as a method of {@link BatchStore} with a default.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface FileQuery {
    /** Files of a batch by ordinal, in ascending order. */
    final class InBatch implements FileQuery {
        private final String batchId;
        private final long from;
        private final long below;
        private final Set<FileOutcome> outcomes;
        private final int limit;

        private InBatch(String batchId, long from, long below, Set<FileOutcome> outcomes, int limit) {
            this.batchId = batchId;
            this.from = from;
            this.below = below;
            this.outcomes = outcomes;
            this.limit = limit;
        }

        /**
         * Creates a query.
         *
         * @param batchId the id of the batch
         * @param from the first ordinal
         * @param below the ordinal after the last; {@link Long#MAX_VALUE} for no bound
         * @param outcomes the outcomes of the files to read; empty for all listed files, including those that
         *     are not settled
         * @param limit how many files at most, from 1
         * @return the query
         */
        public static InBatch of(String batchId, long from, long below, Set<FileOutcome> outcomes, int limit) {
            return new InBatch(batchId, from, below, outcomes, limit);
        }

        /** {@return the id of the batch} */
        public String batchId() {
            return batchId;
        }

        /** {@return the first ordinal} */
        public long from() {
            return from;
        }

        /** {@return the ordinal after the last; {@link Long#MAX_VALUE} for no bound} */
        public long below() {
            return below;
        }

        /**
         * {@return the outcomes of the files to read; empty for all listed files, including those that are
         * not settled}
         */
        public Set<FileOutcome> outcomes() {
            return outcomes;
        }

        /** {@return how many files at most, from 1} */
        public int limit() {
            return limit;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof InBatch that
                    && batchId.equals(that.batchId)
                    && from == that.from
                    && below == that.below
                    && outcomes.equals(that.outcomes)
                    && limit == that.limit;
        }

        @Override
        public int hashCode() {
            return Objects.hash(batchId, from, below, outcomes, limit);
        }

        @Override
        public String toString() {
            return Text.format(
                    "InBatch[batchId=%s, from=%s, below=%s, outcomes=%s, limit=%s]",
                    batchId, from, below, outcomes, limit);
        }
    }

    /**
     * The settled file whose job has an id of its factory's own.
     *
     * @param projectId the project
     * @param jobId the job's id
     */
    record ByJob(String projectId, String jobId) implements FileQuery {}
}
