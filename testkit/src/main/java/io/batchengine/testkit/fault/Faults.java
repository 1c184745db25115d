package io.batchengine.testkit.fault;

import io.batchengine.spi.JobFactory;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of plug-ins go wrong, as a test decides: before a run and while it lasts. Also counts them.
 *
 * <pre>{@code
 * Faults faults = new Faults().on(Call.STORE_COMMIT, Fault.doneThenThrowing(() -> new IOException("cut off")).at(3));
 * BatchStore store = faults.around(new InMemoryBatchStore());
 * }</pre>
 *
 * <p>Where several faults strike one call, the one that was set first does. Threading: safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Faults {
    private final Map<Call, AtomicLong> calls = new EnumMap<>(Call.class);
    private final List<Rule> rules = new ArrayList<>(); // guarded by this

    /** Without faults. */
    public Faults() {
        for (Call call : Call.values()) {
            calls.put(call, new AtomicLong());
        }
    }

    private static final class Rule {
        private final Set<Call> calls;
        private final Fault fault;
        private long count;

        Rule(Set<Call> calls, Fault fault) {
            this.calls = calls;
            this.fault = fault;
        }
    }

    /**
     * Sets a fault.
     *
     * @param call what it strikes
     * @param fault what goes wrong
     * @return this
     */
    public Faults on(Call call, Fault fault) {
        return on(EnumSet.of(call), fault);
    }

    /**
     * Sets a fault that strikes calls of several kinds, counted together.
     *
     * @param kinds what it strikes
     * @param fault what goes wrong
     * @return this
     */
    public synchronized Faults on(Set<Call> kinds, Fault fault) {
        EnumSet<Call> own = EnumSet.noneOf(Call.class);
        own.addAll(kinds);
        rules.add(new Rule(own, fault));
        return this;
    }

    /**
     * Sets a fault that strikes whatever call, counted together.
     *
     * @param fault what goes wrong
     * @return this
     */
    public Faults onAny(Fault fault) {
        return on(EnumSet.allOf(Call.class), fault);
    }

    /** Takes all faults back. Calls that are under way stay as they are. */
    public synchronized void clear() {
        rules.clear();
    }

    /**
     * How often a call was made, with or without a fault.
     *
     * @param call the call
     * @return the number
     */
    public long calls(Call call) {
        return counter(call).get();
    }

    /**
     * How many calls were made in all.
     *
     * @return the number
     */
    public long calls() {
        long sum = 0;
        for (Call call : Call.values()) {
            sum += calls(call);
        }
        return sum;
    }

    /**
     * A store with these faults.
     *
     * @param store the real one
     * @return the store to be given to the engine
     */
    public BatchStore around(BatchStore store) {
        return new FaultyStore(store, this);
    }

    /**
     * A source directory with these faults, and with them its listings and files.
     *
     * @param directory the real one
     * @return the source directory to be given to the engine
     */
    public SourceDirectory around(SourceDirectory directory) {
        return new FaultyDirectory(directory, this);
    }

    /**
     * A job factory with these faults, and with them its jobs.
     *
     * @param factory the real one
     * @return the job factory to be given to the engine
     */
    public JobFactory around(JobFactory factory) {
        return new FaultyFactory(factory, this);
    }

    /** Makes a call, or what the fault that strikes it makes of it; throws whatever that throws. */
    @SuppressWarnings({"unchecked", "NullAway"}) // null is one of the faults
    <T> T call(Call call, Callable<T> real) {
        counter(call).incrementAndGet();
        Fault fault = strike(call);
        try {
            return fault == null ? real.call() : (T) fault.apply(real);
        } catch (Throwable failure) {
            throw Faults.<RuntimeException>sneaky(failure);
        }
    }

    private AtomicLong counter(Call call) {
        return Objects.requireNonNull(calls.get(call));
    }

    private synchronized @Nullable Fault strike(Call call) {
        Fault first = null;
        for (Rule rule : rules) {
            if (rule.calls.contains(call)) {
                rule.count++;
                if (first == null && rule.fault.strikes(rule.count)) {
                    first = rule.fault;
                }
            }
        }
        return first;
    }

    /** Throws what no signature declares, as plug-ins in other languages of the JVM do. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X sneaky(Throwable failure) throws X {
        throw (X) failure;
    }
}
