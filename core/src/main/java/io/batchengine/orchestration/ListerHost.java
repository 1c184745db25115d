package io.batchengine.orchestration;

import io.batchengine.model.StatusReason;

/** Whom files are listed for. Confined to decisions. */
interface ListerHost {
    /** Whether it has room for pages, and use. */
    boolean wantsPages();

    /** How many pages more may be listed ahead. */
    int roomForPages();

    /** A page was listed. */
    void listed(ListedChunk chunk);

    /** The files can't be listed. */
    void fail(StatusReason.Code code, String message);
}
