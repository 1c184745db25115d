package io.batchengine.testkit.fault;

import io.batchengine.model.Text;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with a call, and with which: at once and only once, unless {@link #at}, {@link #times} or {@link #forEver} say otherwise.
 * Immutable.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Fault {
    /** Lets time pass. */
    @FunctionalInterface
    public interface Sleeper {
        /**
         * Returns when the time is over.
         *
         * @param time how long
         * @throws InterruptedException if the thread is interrupted
         */
        void sleep(Duration time) throws InterruptedException;
    }

    @FunctionalInterface
    private interface Effect {
        @Nullable
        Object apply(Callable<?> real) throws Throwable;
    }

    private final Effect effect;
    private final long first;
    private final long count;

    private Fault(Effect effect, long first, long count) {
        this.effect = effect;
        this.first = first;
        this.count = count;
    }

    /**
     * The call is not made, and fails.
     *
     * @param failure makes what is thrown: of any type, checked exceptions that the method does not declare and errors included
     * @return the fault
     */
    public static Fault throwing(Supplier<? extends Throwable> failure) {
        return of(real -> {
            throw failure.get();
        });
    }

    /**
     * The call is made, and fails nevertheless: what it did is done, and its caller does not know.
     *
     * @param failure makes what is thrown
     * @return the fault
     */
    public static Fault doneThenThrowing(Supplier<? extends Throwable> failure) {
        return of(real -> {
            real.call();
            throw failure.get();
        });
    }

    /**
     * The call is made when it is let go.
     *
     * @param released opened to let it go; a thread that is interrupted meanwhile stays where it is, and is interrupted again behind it
     * @return the fault
     */
    public static Fault blocking(CountDownLatch released) {
        return of(real -> {
            boolean interrupted = false;
            while (true) {
                try {
                    released.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return real.call();
        });
    }

    /**
     * The call is made late.
     *
     * @param delay how late
     * @param sleeper lets the time pass: {@code Thread::sleep} in real time, or a clock of the test's own
     * @return the fault
     */
    public static Fault slow(Duration delay, Sleeper sleeper) {
        return of(real -> {
            sleeper.sleep(delay);
            return real.call();
        });
    }

    /**
     * The call is made at once, and answered late.
     *
     * @param delay how late
     * @param sleeper lets the time pass
     * @return the fault
     */
    public static Fault answeringLate(Duration delay, Sleeper sleeper) {
        return of(real -> {
            Object answer = real.call();
            sleeper.sleep(delay);
            return answer;
        });
    }

    /**
     * The call is made, and its answer is lost: it is null.
     *
     * @return the fault
     */
    public static Fault answeringNull() {
        return of(real -> {
            real.call();
            return null;
        });
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, 1, 1);
    }

    /**
     * This fault, with something else that happens just before it does.
     *
     * @param action called each time it strikes, on the thread of the call
     * @return the fault
     */
    public Fault whenItStrikes(Runnable action) {
        return new Fault(
                real -> {
                    action.run();
                    return effect.apply(real);
                },
                first,
                count);
    }

    /**
     * This fault, at a later call.
     *
     * @param call at which call it begins, counted from when it is set; 1 is the next
     * @return the fault
     */
    public Fault at(long call) {
        if (call < 1) {
            throw new IllegalArgumentException(Text.format("call %d: the first is 1", call));
        }
        return new Fault(effect, call, count);
    }

    /**
     * This fault, at several calls in a row.
     *
     * @param calls how many
     * @return the fault
     */
    public Fault times(long calls) {
        if (calls < 1) {
            throw new IllegalArgumentException(Text.format("%d calls: at least 1", calls));
        }
        return new Fault(effect, first, calls);
    }

    /**
     * This fault, at every call from its first on.
     *
     * @return the fault
     */
    public Fault forEver() {
        return times(Long.MAX_VALUE);
    }

    boolean strikes(long call) {
        return call >= first && call - first < count;
    }

    @Nullable
    Object apply(Callable<?> real) throws Throwable {
        return effect.apply(real);
    }
}
