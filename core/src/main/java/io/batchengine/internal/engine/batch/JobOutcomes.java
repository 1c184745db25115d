package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.job.RequeuedFile;
import io.batchengine.internal.engine.job.ResultBuffer;
import io.batchengine.spi.SettledFile;

/** Who is told what became of a batch's jobs. In the serial executor. */
interface JobOutcomes {
    /** A worker has a turn. */
    void turnGiven();

    /** Records the results that a turn has by now; how many there were. */
    int add(ResultBuffer results);

    /** Results were recorded while their turn goes on, or at its end. */
    void added();

    /** Records an end that no turn tells of. */
    void settle(SettledFile file);

    /** An attempt failed and may be repeated, as far as it is concerned. */
    void failed(RequeuedFile again);

    /** A file was taken and not started, or its start does not count. */
    void putBack(RequeuedFile again);
}
