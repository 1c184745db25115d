package io.batchengine.internal.engine.dispatch;

import io.batchengine.internal.engine.job.Attempt;
import io.batchengine.internal.engine.job.JobHost;
import io.batchengine.internal.engine.job.JobResult;
import io.batchengine.internal.engine.job.Turn;
import io.batchengine.internal.flow.QueuedBatch;
import org.jspecify.annotations.Nullable;

/** The batch as the dispatcher sees it. In the serial executor. */
public interface DispatchHost extends JobHost {
    @Override
    QueuedBatch<DispatchHost> place();

    /** Whether a turn would find something to start. */
    boolean isReady();

    /** The next turn, or null where workers have taken the last file in the meantime. */
    @Nullable
    Turn nextTurn();

    /** Takes the results that a turn has by now. */
    void absorbResults(Turn turn);

    /** A job did not stop in time: its file is settled without it. */
    void givenUp(Attempt attempt, JobResult result);
}
