package io.batchengine.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** S23: a closed store holds nothing. */
interface StoreClosingRules {
    /** Opens a store, uses each kind of call, closes it. */
    private static void useAndClose(StoreUnderTest store) throws Exception {
        store.spi = store.openAnother();
        StoredBatch batch = store.moved(store.running("a"), BatchStatus.COMPLETED);
        store.files(batch);
        store.list();
        store.delete(batch);
        store.spi.close();
    }

    private static Set<Thread> live() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    @Test
    default void s23_01_closing_again_changes_nothing(StoreUnderTest store) {
        store.running("a");
        store.spi.close();
        store.spi.close();
    }

    @Test
    default void s23_02_a_store_that_was_never_used_is_closed(StoreUnderTest store) throws Exception {
        store.spi.close();
        store.openAnother().close();
    }

    @Test
    @ResourceLock(Resources.GLOBAL) // where tests run beside one another, their threads would be taken for the store's
    default void s23_03_no_thread_of_a_closed_store_is_left(StoreUnderTest store) throws Exception {
        store.spi.close();
        useAndClose(store); // what a library starts once for all stores is there from now on
        Set<Thread> before = live();
        useAndClose(store);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        for (Thread thread : live()) {
            if (!before.contains(thread)) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
                assertFalse(
                        thread.isAlive(),
                        () -> "a thread that was started since the store was opened still runs "
                                + "5 seconds after its close: " + thread);
            }
        }
    }

    @Test
    default void s23_04_no_handle_of_a_closed_store_is_left(StoreUnderTest store) throws Exception {
        store.running("a");
        store.spi.close();
        useAndClose(store);
        assertEquals(List.of(), store.openHandles());
    }

    @Test
    default void s23_05_calls_beside_the_close_end(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.running("a");
        Callable<Boolean> reader = () -> {
            try {
                for (int i = 0; i < 200; i++) {
                    store.look(batch);
                    store.files(batch);
                }
                return true;
            } catch (RuntimeException closed) {
                return false; // as good: a store may refuse after its close
            }
        };
        Callable<Boolean> closer = () -> {
            store.spi.close();
            return true;
        };
        assertEquals(3, Race.of(List.of(reader, closer, reader)).size());
    }
}
