package io.batchengine;

import io.batchengine.model.Text;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is, for the health check of the service that embeds it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class EngineHealth {
    /** How bad it is. New values may be added: have a default branch. */
    public enum Status {
        /** All is well. */
        UP,
        /** Something is wrong: the store or the executor refuses its work for now, or the store warns of something. Read the problems. */
        DEGRADED,
        /** The engine is closed. */
        CLOSED
    }

    private final Status status;
    private final List<String> problems;
    private final List<String> notes;
    private final int activeBatches;
    private final int jobsInFlight;
    private final int stuckJobs;
    private final long refusedWrites;
    private final long droppedEvents;

    private EngineHealth(Builder builder) {
        status = Objects.requireNonNull(builder.status, "status is not set");
        problems = List.copyOf(builder.problems);
        notes = List.copyOf(builder.notes);
        activeBatches = builder.activeBatches;
        jobsInFlight = builder.jobsInFlight;
        stuckJobs = builder.stuckJobs;
        refusedWrites = builder.refusedWrites;
        droppedEvents = builder.droppedEvents;
    }

    /**
     * Returns a builder with nothing set.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the worst of the problems} */
    public Status status() {
        return status;
    }

    /** {@return what is wrong now, in words for people, with the warnings of the store; empty when all is well} */
    public List<String> problems() {
        return problems;
    }

    /** {@return what the store says is worth knowing though nothing is wrong; no reason to be degraded} */
    public List<String> notes() {
        return notes;
    }

    /** {@return how many batches this engine owns} */
    public int activeBatches() {
        return activeBatches;
    }

    /** {@return how many jobs have started and not ended} */
    public int jobsInFlight() {
        return jobsInFlight;
    }

    /** {@return how many jobs were asked to stop, did not within their grace time, and still hold a thread} */
    public int stuckJobs() {
        return stuckJobs;
    }

    /**
     * {@return how many writes the store refused since the engine was built, because another engine had taken the batch
     * over}
     */
    public long refusedWrites() {
        return refusedWrites;
    }

    /** {@return how many events slow listeners and subscribers have missed since the engine was built} */
    public long droppedEvents() {
        return droppedEvents;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EngineHealth that
                && status == that.status
                && problems.equals(that.problems)
                && notes.equals(that.notes)
                && activeBatches == that.activeBatches
                && jobsInFlight == that.jobsInFlight
                && stuckJobs == that.stuckJobs
                && refusedWrites == that.refusedWrites
                && droppedEvents == that.droppedEvents;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                status, problems, notes, activeBatches, jobsInFlight, stuckJobs, refusedWrites, droppedEvents);
    }

    @Override
    public String toString() {
        return Text.format(
                "EngineHealth[status=%s, problems=%s, notes=%s, activeBatches=%s, jobsInFlight=%s"
                        + ", stuckJobs=%s, refusedWrites=%s, droppedEvents=%s]",
                status, problems, notes, activeBatches, jobsInFlight, stuckJobs, refusedWrites, droppedEvents);
    }

    /** Makes the health of an engine. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable Status status;
        private List<String> problems = List.of();
        private List<String> notes = List.of();
        private int activeBatches;
        private int jobsInFlight;
        private int stuckJobs;
        private long refusedWrites;
        private long droppedEvents;

        private Builder() {}

        /**
         * Sets {@link EngineHealth#status()}.
         *
         * @param status must be set
         * @return this builder
         */
        public Builder status(Status status) {
            this.status = status;
            return this;
        }

        /**
         * Sets {@link EngineHealth#problems()}.
         *
         * @param problems empty if not set
         * @return this builder
         */
        public Builder problems(List<String> problems) {
            this.problems = problems;
            return this;
        }

        /**
         * Sets {@link EngineHealth#notes()}.
         *
         * @param notes empty if not set
         * @return this builder
         */
        public Builder notes(List<String> notes) {
            this.notes = notes;
            return this;
        }

        /**
         * Sets {@link EngineHealth#activeBatches()}.
         *
         * @param activeBatches 0 if not set
         * @return this builder
         */
        public Builder activeBatches(int activeBatches) {
            this.activeBatches = activeBatches;
            return this;
        }

        /**
         * Sets {@link EngineHealth#jobsInFlight()}.
         *
         * @param jobsInFlight 0 if not set
         * @return this builder
         */
        public Builder jobsInFlight(int jobsInFlight) {
            this.jobsInFlight = jobsInFlight;
            return this;
        }

        /**
         * Sets {@link EngineHealth#stuckJobs()}.
         *
         * @param stuckJobs 0 if not set
         * @return this builder
         */
        public Builder stuckJobs(int stuckJobs) {
            this.stuckJobs = stuckJobs;
            return this;
        }

        /**
         * Sets {@link EngineHealth#refusedWrites()}.
         *
         * @param refusedWrites 0 if not set
         * @return this builder
         */
        public Builder refusedWrites(long refusedWrites) {
            this.refusedWrites = refusedWrites;
            return this;
        }

        /**
         * Sets {@link EngineHealth#droppedEvents()}.
         *
         * @param droppedEvents 0 if not set
         * @return this builder
         */
        public Builder droppedEvents(long droppedEvents) {
            this.droppedEvents = droppedEvents;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if one that must be set is not
         */
        public EngineHealth build() {
            return new EngineHealth(this);
        }
    }
}
