package io.batchengine.support;

import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ForwardingBatchStore;
import java.util.function.Supplier;

/** A store whose calls fail as a test decides: before they have done anything, or after they have done it all. */
public final class FailingStore extends ForwardingBatchStore {
    /** When a call fails. */
    public enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    /** Decides by the name of the call. */
    @FunctionalInterface
    public interface Faults {
        /** The fault of this call. */
        Fault of(String call);
    }

    private final BatchStore real;
    private final Faults faults;

    /** A store over another. */
    public FailingStore(BatchStore real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    protected BatchStore delegate() {
        return real;
    }

    @Override
    protected <T> T call(String name, Supplier<T> real) {
        Fault fault = faults.of(name);
        if (fault == Fault.BEFORE) {
            throw new IllegalStateException("down before " + name);
        }
        T answer = real.get();
        if (fault == Fault.AFTER) {
            throw new IllegalStateException("down after " + name);
        }
        return answer;
    }
}
