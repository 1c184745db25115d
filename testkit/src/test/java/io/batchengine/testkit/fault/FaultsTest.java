package io.batchengine.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.JobFactories;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Faults faults = new Faults();
    private final AtomicInteger done = new AtomicInteger();

    private int call() {
        return faults.call(Call.STORE_COMMIT, done::incrementAndGet);
    }

    @Test
    void without_faults_calls_are_made_and_counted() {
        assertThat(call()).isEqualTo(1);
        assertThat(call()).isEqualTo(2);
        assertThat(faults.calls(Call.STORE_COMMIT)).isEqualTo(2);
        assertThat(faults.calls(Call.STORE_CLAIM)).isZero();
        assertThat(faults.calls()).isEqualTo(2);
    }

    @Test
    void a_fault_strikes_at_its_call_as_often_as_it_is_to() {
        faults.on(
                Call.STORE_COMMIT,
                Fault.throwing(() -> new IllegalStateException("cut off")).at(2).times(2));
        List<Boolean> failed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try {
                call();
                failed.add(false);
            } catch (IllegalStateException e) {
                failed.add(true);
            }
        }
        assertThat(failed).containsExactly(false, true, true, false, false);
        assertThat(done).hasValue(3);
    }

    @Test
    void calls_are_counted_from_when_a_fault_is_set() {
        call();
        call();
        faults.on(Call.STORE_COMMIT, Fault.throwing(() -> new IllegalStateException("cut off")));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::call);
        assertThat(call()).isEqualTo(3);
    }

    @Test
    void a_fault_for_ever_lasts_until_it_is_taken_back() {
        faults.on(
                Call.STORE_COMMIT,
                Fault.throwing(() -> new IllegalStateException("down")).forEver());
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::call);
        }
        faults.clear();
        assertThat(call()).isEqualTo(1);
    }

    @Test
    void anything_can_be_thrown() {
        for (Throwable failure : List.of(
                new IOException("checked"), new StackOverflowError("error"), new IllegalStateException("unchecked"))) {
            faults.on(Call.STORE_COMMIT, Fault.throwing(() -> failure));
            assertThatThrownBy(this::call).isSameAs(failure);
        }
        assertThat(done).hasValue(0);
    }

    @Test
    void a_call_can_be_done_and_fail() {
        faults.on(Call.STORE_COMMIT, Fault.doneThenThrowing(() -> new IOException("cut off")));
        assertThatThrownBy(this::call).isInstanceOf(IOException.class);
        assertThat(done).hasValue(1);
    }

    @Test
    void an_answer_can_be_lost() {
        faults.on(Call.DIRECTORY_EXISTS, Fault.answeringNull());
        assertThat((Object) faults.call(Call.DIRECTORY_EXISTS, () -> "answer")).isNull();
    }

    @Test
    void a_slow_call_lets_the_tests_time_pass() {
        List<Duration> slept = new ArrayList<>();
        faults.on(Call.STORE_COMMIT, Fault.slow(Duration.ofHours(1), slept::add));
        assertThat(call()).isEqualTo(1);
        assertThat(slept).containsExactly(Duration.ofHours(1));
    }

    @Test
    void a_call_can_block_until_it_is_released_whoever_interrupts() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        faults.on(Call.STORE_COMMIT, Fault.blocking(release));
        FutureTask<Boolean> call = new FutureTask<>(() -> {
            call();
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(call);
        thread.start();
        thread.interrupt();
        assertThat(done).hasValue(0);
        release.countDown();
        assertThat(call.get(1, TimeUnit.MINUTES)).as("interrupted behind it").isTrue();
        assertThat(done).hasValue(1);
    }

    @Test
    void kinds_of_calls_are_counted_together() {
        faults.on(
                EnumSet.of(Call.STORE_COMMIT, Call.STORE_CLAIM),
                Fault.throwing(() -> new IllegalStateException("cut off")).at(3));
        call();
        faults.call(Call.STORE_CLAIM, done::incrementAndGet);
        faults.call(Call.STORE_FIND, done::incrementAndGet);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::call);
        faults.onAny(Fault.throwing(() -> new IllegalStateException("any")));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> faults.call(Call.JOB_RUN, done::incrementAndGet));
    }

    @Test
    void listings_files_and_jobs_have_their_faults_too() throws Exception {
        Shelf shelf = new Shelf();
        shelf.fill("dir-1", 2);
        var scope = Scope.ofProject("prj-1");
        try (var listing = faults.around(shelf).list(ListRequest.of(scope, "dir-1"))) {
            var file = listing.next(1).files().get(0);
            faults.on(Call.FILE_OPEN, Fault.throwing(() -> new IOException("gone")));
            assertThatThrownBy(file::open).hasMessage("gone");
            faults.on(Call.LISTING_NEXT, Fault.throwing(() -> new IOException("cut off")));
            assertThatThrownBy(() -> listing.next(1)).hasMessage("cut off");
        }
        assertThat(faults.calls(Call.LISTING_CLOSE)).isEqualTo(1);
        var factory = faults.around(JobFactories.blocking("test_v1", "tst-", context -> Outcome.succeeded()));
        faults.on(Call.FACTORY_RESOLVE, Fault.throwing(() -> new IOException("locked")));
        assertThatThrownBy(() -> factory.resolve(ResolveRequest.of(scope, JobType.of("test_v1"), "cfg-1")))
                .hasMessage("locked");
    }

    @Test
    void numbers_below_one_are_refused() {
        Fault fault = Fault.answeringNull();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> fault.at(0));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> fault.times(0));
    }
}
