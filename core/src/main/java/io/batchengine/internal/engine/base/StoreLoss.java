package io.batchengine.internal.engine.base;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of all work on a store that is lost ({@link ErrorCode#STORE_LOST}): nothing can be written any more, so nothing starts, running
 * jobs are asked to stop, and whoever waits is told.
 */
public final class StoreLoss {
    private static final Logger LOG = LoggerFactory.getLogger(StoreLoss.class);

    private final Problems problems;
    private final SerialExecutor serial;
    private final AtomicReference<@Nullable BatchEngineException> told = new AtomicReference<>();
    private Consumer<BatchEngineException> end = failure -> {};

    StoreLoss(Problems problems, SerialExecutor serial) {
        this.problems = problems;
        this.serial = serial;
    }

    /** How all work is ended; run once, as a decision. */
    public void endsBy(Consumer<BatchEngineException> work) {
        end = work;
    }

    /** Whether a failure of the store tells that it is lost; the first that does ends all work. Any thread. */
    public boolean isToldBy(Throwable failure) {
        if (!(failure instanceof BatchEngineException typed) || typed.code() != ErrorCode.STORE_LOST) {
            return false;
        }
        // At once: who is told of it by a call finds it in health.
        problems.set(Problems.STORE_LOST, message(typed));
        if (told.compareAndSet(null, typed)) {
            serial.submit(() -> ended(typed));
        }
        return true;
    }

    /** What was told, or null while the store is there. Any thread. */
    @Nullable
    public BatchEngineException failure() {
        return told.get();
    }

    private void ended(BatchEngineException failure) {
        LOG.error("this engine starts nothing more: {}", message(failure));
        end.accept(failure);
    }

    private static String message(BatchEngineException failure) {
        return Text.printable(String.valueOf(failure.getMessage()));
    }
}
