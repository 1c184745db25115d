package io.batchengine.internal.engine.batch;

import io.batchengine.model.StatusReason;

/** Whom files are listed for. Confined to the serial executor. */
interface ListerHost {
    /** Whether it has room for pages, and use. */
    boolean wantsPages();

    /** How many pages more may be listed ahead. */
    int roomForPages();

    /** A page was listed. */
    void listed(CheckedPage page);

    /** The files can't be listed. */
    void fail(StatusReason.Code code, String message);
}
