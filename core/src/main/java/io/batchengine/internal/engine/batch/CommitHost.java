package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.job.SharedPage;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.SettledFile;

/** Who is told what became of a batch's commits. In the serial executor. */
interface CommitHost {
    /** A file is settled; its end is not written yet. */
    void settled(SettledFile file);

    /** A page is recorded: its files may start. */
    void pageRecorded(SharedPage page);

    /** What is told of a file that is not settled is recorded. */
    void recorded(DelayedFile file);

    /** So many ends, and so many attempts that another follows, were written. */
    void written(int settled, int delayed);

    /** The terminal status is recorded. */
    void finished();

    /** A cancel request stands. */
    void cancel();

    /** The orchestration can't go on. */
    void fail(StatusReason.Code code, String message);

    /** Another engine has the batch, or nobody. */
    void lost();

    /** Rows of the batch are damaged. */
    void damaged(String message);
}
