package io.batchengine.testkit.simulation;

import io.batchengine.testkit.fault.Call;
import java.util.EnumSet;
import java.util.Set;

/** Something that happens in a run. Times are in milliseconds of simulated time; slots and batches are numbers in the plan. */
sealed interface Incident {
    /** When; from the begin of the run. */
    int at();

    /** By when it is over. */
    default int until() {
        return at();
    }

    /** Whether engines may do late what they do, or not at all. */
    default boolean disturbs() {
        return true;
    }

    /** Whether it may change how a job ends. */
    default boolean changesOutcomes() {
        return false;
    }

    /** Whether it may keep files from being listed. */
    default boolean changesListings() {
        return false;
    }

    /** A user creates a batch; sends it again where the answer does not come. */
    record Create(int at, int slot, Plan.BatchSpec batch) implements Incident {
        @Override
        public boolean disturbs() {
            return false;
        }
    }

    /** What users do with a batch that stands. */
    enum Use {
        CANCEL,
        READ,
        READ_AS_ANOTHER_PROJECT,
        RETRY_FAILED,
        DELETE,
        PURGE
    }

    /** A user's call. */
    record UserCall(int at, int slot, int batch, Use use) implements Incident {
        @Override
        public boolean disturbs() {
            return false;
        }
    }

    /** A process is killed, and another started. */
    record Kill(int at, int slot, int restartMillis) implements Incident {
        @Override
        public int until() {
            return at + restartMillis;
        }
    }

    /** An engine is closed, and another started. */
    record Close(int at, int slot, int deadlineMillis, int restartMillis) implements Incident {
        @Override
        public int until() {
            return at + deadlineMillis + restartMillis;
        }
    }

    /** A process is stopped, and goes on later. */
    record Pause(int at, int slot, int millis) implements Incident {
        @Override
        public int until() {
            return at + millis;
        }
    }

    /** A wall clock jumps. */
    record ClockJump(int at, int slot, int seconds) implements Incident {}

    /** An executor takes nothing for a while. */
    record Rejection(int at, int slot, int millis) implements Incident {}

    /** The limits of an engine, and of those that follow it, are changed. */
    record ChangeLimits(int at, int slot, DrawnLimits limits) implements Incident {
        @Override
        public boolean disturbs() {
            return false;
        }
    }

    /**
     * The store is set back, as a database is that was restored from a backup: the last writes of all engines are gone.
     *
     * @param calls how many of the last calls that change something have not happened
     */
    record SetBack(int at, int calls) implements Incident {}

    /** What the store refuses, each time that it is sent, and with it the whole call. */
    enum Content {
        /** Messages that it was not told in another form. */
        MESSAGES,
        /** The end of a file. */
        END_OF_FILE,
        /** The id of a file. */
        FILE_ID,
        /** All that is to be written of a batch, until calm begins: it keeps its place among the active batches meanwhile. */
        BATCH
    }

    /**
     * The store refuses what it does not like, each time.
     *
     * @param content what
     * @param number the number of the file in its batch, or of the batch
     * @param typed whether the store says that it is about the content
     */
    record Refusal(Content content, int number, boolean typed) implements Incident {
        @Override
        public int at() {
            return 0;
        }
    }

    /**
     * The store keeps all of it, and gives answers by which nobody gets on.
     *
     * @param answer which
     * @param batch of which batch, by its number, where the answer is about one
     * @param first the number of the first such answer
     * @param times how many in a row
     */
    record Stall(Answer answer, int batch, long first, long times) implements Incident {
        @Override
        public int at() {
            return 0;
        }
    }

    /** What becomes of a call. */
    enum Effect {
        THROWS,
        THROWS_CHECKED,
        THROWS_ERROR,
        DONE_THEN_THROWS,
        NULL,
        SLOW,
        ANSWERS_LATE,
        CRASH_BEFORE,
        CRASH_AFTER
    }

    /**
     * Calls of plug-ins go wrong.
     *
     * @param calls which, counted together
     * @param first the number of the first one that does
     * @param times how many in a row
     * @param effect how
     * @param millis how long, where it takes time
     */
    record CallFault(Set<Call> calls, long first, long times, Effect effect, int millis) implements Incident {
        private static final Set<Call> OF_JOBS = EnumSet.of(Call.FACTORY_CREATE, Call.JOB_RUN, Call.DIRECTORY_FIND);

        @Override
        public int at() {
            return 0;
        }

        @Override
        public boolean changesOutcomes() {
            return calls.stream().anyMatch(OF_JOBS::contains);
        }

        @Override
        public boolean changesListings() {
            return calls.contains(Call.DIRECTORY_LIST) || calls.contains(Call.LISTING_NEXT);
        }
    }
}
