package io.batchengine.internal.engine.commit;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;

/** What a store itself says of a write that it refused. */
public final class StoreRefusal {
    private StoreRefusal() {}

    /** Whether it fails for now: nothing that is to be written is to blame. */
    public static boolean isOutage(Throwable failure) {
        return failure instanceof BatchEngineException known && known.code() == ErrorCode.STORE_UNAVAILABLE;
    }

    /** Whether the content is to blame. */
    public static boolean isOfContent(Throwable failure) {
        return failure instanceof BatchEngineException known && known.code() == ErrorCode.CONTENT_REFUSED;
    }
}
