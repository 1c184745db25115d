package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** J4 and J5: how jobs run, fail and stop. */
abstract class JobRules extends JobFactoryRules {
    @Test
    void j4_1_the_job_of_a_good_file_succeeds() throws Exception {
        JobFactoryFixture fixture = given();
        assertSucceeds(run(fixture, fixture.goodFile(), 0));
    }

    @Test
    void j4_2_a_bad_file_fails_with_a_reason() throws Exception {
        JobFactoryFixture fixture = given();
        Ended ended = run(fixture, declared(fixture.badFile(), "bad file"), 0);
        assertThat(ended.failure().orElse("")).as("why it failed").isNotBlank();
    }

    @Test
    void j4_3_no_reason_tells_a_secret() throws Exception {
        JobFactoryFixture fixture = given();
        SourceFile bad = declared(fixture.badFile(), "bad file");
        for (SourceFile file : List.of(bad, watched(fixture, fixture.goodFile()).failing(1))) {
            String reason = run(fixture, file, 0).failure().orElse("");
            assertThat(fixture.secrets())
                    .allSatisfy(secret -> assertThat(reason).doesNotContain(secret));
        }
    }

    @Test
    void j4_4_a_bad_file_harms_no_other() throws Exception {
        JobFactoryFixture fixture = given();
        SourceFile bad = declared(fixture.badFile(), "bad file");
        for (int i = 0; i < 10; i++) {
            assertThat(run(fixture, bad, 2L * i).succeeded()).isFalse();
            assertSucceeds(run(fixture, fixture.goodFile(), 2L * i + 1));
        }
    }

    @Test
    void j4_5_several_threads_may_run_jobs_at_once() throws Exception {
        JobFactoryFixture fixture = given();
        Parallel.call(thread -> () -> {
            for (int i = 0; i < 5; i++) {
                assertSucceeds(run(fixture, fixture.goodFile(), thread * 100L + i));
            }
            return true;
        });
    }

    @Test
    void j4_6_a_job_whose_outcome_was_lost_may_run_again() throws Exception {
        JobFactoryFixture fixture = given();
        assertSucceeds(run(fixture, fixture.goodFile(), 0));
        assertSucceeds(run(fixture, fixture.goodFile(), 0));
        assertSucceeds(run(fixture, fixture.reopened(), request(fixture, fixture.goodFile(), 0)));
    }

    @Test
    void j4_7_an_attempt_works_after_one_that_failed() throws Exception {
        JobFactoryFixture fixture = given();
        ConfigurationSnapshot snapshot = resolve(fixture);
        WatchedFile file = watched(fixture, fixture.goodFile()).failing(1);
        Ended first = run(fixture, fixture.factory(), request(fixture, snapshot, file, 0, 1));
        assertThat(first.succeeded()).as("success without its file").isEqualTo(file.opened() == 0);
        assertSucceeds(run(fixture, fixture.factory(), request(fixture, snapshot, file, 0, 2)));
    }

    @Test
    void j4_8_each_stream_that_a_job_opens_is_closed() throws Exception {
        JobFactoryFixture fixture = given();
        WatchedFile good = watched(fixture, fixture.goodFile());
        WatchedFile bad = watched(fixture, fixture.badFile().orElseGet(fixture::goodFile));
        run(fixture, good, 0);
        run(fixture, bad, 1);
        assertThat(good.openStreams() + bad.openStreams()).as("open streams").isZero();
    }

    @Test
    void j4_9_a_job_needs_no_size_and_no_path_unless_declared() throws Exception {
        JobFactoryFixture fixture = given();
        assertSucceeds(run(fixture, watched(fixture, fixture.goodFile()), 0));
    }

    @Test
    void j4_10_a_name_can_not_break_a_job() throws Exception {
        JobFactoryFixture fixture = given();
        long ordinal = 0;
        for (String name : List.of(
                "../../../contract",
                "/contract",
                "a/../../b",
                ".",
                "..",
                "a\nb",
                "\u202etxt.a",
                "x".repeat(300),
                "é",
                "e\u0301",
                "CON",
                "%00",
                " ",
                "a\u0000b")) {
            Ended ended = run(fixture, watched(fixture, fixture.goodFile()).called(name), ordinal++);
            assertThat(ended.succeeded() || ended.failure().isPresent())
                    .as("an end of the job of %s", Text.quote(name))
                    .isTrue();
            assertThat(ended.thrown() instanceof Error)
                    .as("an Error for %s", Text.quote(name))
                    .isFalse();
        }
    }

    @Test
    void j4_11_a_job_leaves_its_thread_as_it_was() throws Exception {
        JobFactoryFixture fixture = given();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                run(fixture, fixture.goodFile(), 0);
            } catch (Exception | AssertionError ended) { // how it ends is another rule's matter
            } finally {
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        thread.join();
        assertThat(interrupted).hasValue(false);
    }

    @Test
    void j5_1_a_job_that_was_asked_to_stop_before_its_start_ends_without_failing() throws Exception {
        JobFactoryFixture fixture = given();
        FakeJobContext run = request(fixture, fixture.goodFile(), 0);
        run.requestStop();
        assertStops(run(fixture, fixture.factory(), run));
    }

    @Test
    void j5_2_a_job_that_is_asked_to_stop_when_it_opens_its_file_ends_without_failing() throws Exception {
        JobFactoryFixture fixture = given();
        WatchedFile file = watched(fixture, fixture.goodFile());
        FakeJobContext run = request(fixture, file, 0);
        file.onOpen(run::requestStop);
        assertStops(run(fixture, fixture.factory(), run));
        assertThat(file.openStreams()).as("open streams").isZero();
    }

    @Test
    void j5_3_a_job_that_is_asked_to_stop_when_it_has_read_its_file_ends_without_failing() throws Exception {
        JobFactoryFixture fixture = given();
        WatchedFile file = watched(fixture, fixture.goodFile());
        FakeJobContext run = request(fixture, file, 0);
        file.onEnd(run::requestStop);
        assertStops(run(fixture, fixture.factory(), run));
        assertThat(file.openStreams()).as("open streams").isZero();
    }

    @Test
    void j5_4_a_running_job_stops_in_time_when_it_is_asked_to() throws Exception {
        JobFactoryFixture fixture = given();
        CountDownLatch started = new CountDownLatch(1);
        WatchedFile file = watched(fixture, declared(fixture.endlessFile(), "endless file"))
                .onOpen(started::countDown);
        FakeJobContext run = request(fixture, file, 0);
        Thread stopper = new Thread(() -> {
            try {
                // A job that reads nothing is asked after a moment.
                started.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            run.requestStop();
        });
        stopper.start();
        assertStops(run(fixture, fixture.factory(), run));
        stopper.join();
    }

    @Test
    void j5_5_the_next_attempt_of_a_job_that_was_stopped_succeeds() throws Exception {
        JobFactoryFixture fixture = given();
        ConfigurationSnapshot snapshot = resolve(fixture);
        FakeJobContext stopped = request(fixture, snapshot, fixture.goodFile(), 0, 1);
        stopped.requestStop();
        run(fixture, fixture.factory(), stopped);
        assertSucceeds(run(fixture, fixture.factory(), request(fixture, snapshot, fixture.goodFile(), 0, 1)));
    }

    static void assertSucceeds(Ended ended) {
        assertThat(ended.failure().orElse("")).as("why it failed").isEmpty();
        assertThat(ended.outcome()).isEqualTo(Outcome.succeeded());
    }

    static void assertPrintable(String message) {
        assertThat(message).isNotBlank().isEqualTo(Text.printable(message));
    }

    /** Whatever it threw is taken as a stop; a failure that it reports itself would be recorded as one. */
    private static void assertStops(Ended ended) {
        boolean failed = ended.outcome() instanceof Outcome.Failed || ended.refused() != null;
        assertThat(failed ? ended.failure().orElse("") : null)
                .as("why a job failed that was asked to stop")
                .isNull();
    }
}
