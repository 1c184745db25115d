package io.batchengine.testkit;

import io.batchengine.spi.store.BatchStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of {@link BatchStore} as JUnit tests. Extend it and give it your store:
 *
 * <pre>{@code
 * class MyStoreTest extends BatchStoreContract {
 *     @Override
 *     protected BatchStore openStore(LongSupplier ticker) {
 *         return new MyStore(ticker);
 *     }
 * }
 * }</pre>
 *
 * <p>Each test is one rule, and its name begins with the rule's number; docs/contracts.md tells the reason of each. Each has a store
 * of its own, opened when the test begins and closed when it has ended, before any {@code @AfterEach} of the test class.
 *
 * <p><b>Capabilities.</b> A store that keeps its data overrides {@link #reopenStore}, one that several engines share overrides
 * {@link #openSecondStore}. The tests of a capability that a store lacks are reported as aborted, not as passed.
 *
 * <p><b>Clock.</b> A store that measures leases by the given ticker needs nothing more. One that uses a real clock, such as its
 * database's, overrides {@link #shortLease} and {@link #advanceLease}.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@SuppressWarnings("exports") // the two named classes are JUnit's to use, not a client's
@DisplayNameGeneration(RuleNames.class)
@TestMethodOrder(MethodOrderer.MethodName.class)
@ExtendWith(StoreParameter.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class BatchStoreContract
        implements StoreCreationRules,
                StoreFindingRules,
                StoreListingRules,
                StorePagingRules,
                StoreClaimRules,
                StorePriorityRules,
                StoreLeaseRules,
                StoreReleaseRules,
                StoreVerdictRules,
                StoreCommitRules,
                StorePageRules,
                StoreSettlingRules,
                StoreDelayRules,
                StoreTimeRules,
                StoreCancelRules,
                StoreFileRules,
                StoreJobIdRules,
                StoreDeletionRules,
                StorePurgeRules,
                StoreTextRules,
                StoreSizeRules,
                StoreThreadRules,
                StoreAnswerRules,
                StoreClosingRules,
                StoreReopeningRules,
                StoreSharingRules {
    /** The manual ticker, in nanoseconds. */
    final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    private @Nullable StoreUnderTest subject;

    /** For subclasses. */
    protected BatchStoreContract() {}

    /**
     * Opens a new and empty store. Called once for most tests, a few times for some.
     *
     * @param ticker measures leases, in nanoseconds; moved by {@link #advanceLease}
     * @return the store; the test closes it
     * @throws Exception if it can't be opened; the test fails
     */
    protected abstract BatchStore openStore(LongSupplier ticker) throws Exception;

    /**
     * Opens a store on the data of the one that {@link #openStore} gave last in this test, which has been closed since.
     *
     * @param ticker as for {@link #openStore}
     * @return the store, to be closed by the test; empty where the store keeps nothing
     * @throws Exception if it can't be opened; the test fails
     */
    protected Optional<BatchStore> reopenStore(LongSupplier ticker) throws Exception {
        return Optional.empty();
    }

    /**
     * Opens a second store on the data of the one that {@link #openStore} gave last in this test and that is still open: as another
     * engine does that shares the data.
     *
     * @param ticker as for {@link #openStore}
     * @return the store, to be closed by the test; empty where engines can't share
     * @throws Exception if it can't be opened; the test fails
     */
    protected Optional<BatchStore> openSecondStore(LongSupplier ticker) throws Exception {
        return Optional.empty();
    }

    /**
     * The lease of those tests that wait for its end. Those whose lease must hold take ten minutes.
     *
     * @return a second; where {@link #advanceLease} really waits, something short
     */
    protected Duration shortLease() {
        return Duration.ofSeconds(1);
    }

    /**
     * Lets time pass for leases.
     *
     * <p>By default moves the ticker. A store with a real clock waits instead, a little longer than asked for.
     *
     * @param time how much
     * @throws Exception if it can't; the test fails
     */
    protected void advanceLease(Duration time) throws Exception {
        nanos.addAndGet(time.toNanos());
    }

    /**
     * What the closed stores of this test still hold beside threads, which the tests find by themselves: connections, files, locks.
     *
     * @return a description of each; by default none
     * @throws Exception if it can't be told; the test fails
     */
    protected List<String> openHandles() throws Exception {
        return List.of();
    }

    final StoreUnderTest subject() throws Exception {
        if (subject == null) {
            subject = new StoreUnderTest(this);
        }
        return subject;
    }

    final void closeSubject() {
        if (subject != null) {
            subject.closeAll();
            subject = null;
        }
    }
}
