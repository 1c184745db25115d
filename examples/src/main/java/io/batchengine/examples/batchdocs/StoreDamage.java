package io.batchengine.examples.batchdocs;

import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.BatchStore;

/** Damage of the store that a command has met: it prints what can be read, then says so, and ends with an exit code of its own. */
final class StoreDamage {
    private StoreDamage() {}

    /** Tells what the store has found damaged; returns the exit code, which is the given one where that is nothing. */
    static int told(Console console, BatchStore store, int code) {
        if (!(store instanceof JdbcBatchStore jdbc) || jdbc.damage().isEmpty()) {
            return code;
        }
        jdbc.damage().forEach(console::error);
        return Math.max(code, ExitCode.STORE_DAMAGED);
    }

    /** As {@link #told(Console, BatchStore, int)}, also where an engine found the batch damaged before. */
    static int told(Console console, BatchStore store, BatchProgress progress) {
        int code = told(console, store, ExitCode.COMPLETED);
        StatusReason reason = progress.reason();
        if (code != ExitCode.COMPLETED || reason == null || reason.code() != StatusReason.Code.STORE_CORRUPT) {
            return code;
        }
        console.error(reason.message());
        return ExitCode.STORE_DAMAGED;
    }

    static boolean isToldBy(Throwable failure) {
        return failure instanceof BatchEngineException engine && engine.code() == ErrorCode.STORE_CORRUPT;
    }
}
