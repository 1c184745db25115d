package io.batchengine.internal.engine.job;

/** Why a running job is asked to stop. */
public enum StopCause {
    /** Its batch is cancelled. */
    CANCEL,
    /** It ran past its timeout. */
    TIMEOUT,
    /** The engine closes, or has lost the batch: whatever the job did not finish runs again elsewhere. */
    RELEASE
}
