package io.batchengine.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.batchengine.bundled.JobFactories;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SourceFile;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each illegal call of a source directory and of a job factory is met. */
class CheckedPlugInsTest {
    private static final Scope SCOPE = Scope.ofProject("prj-1");
    private static final JobType TYPE = JobType.of("test_v1");
    private static final String BATCH = Ids.newBatchId(1, new Random(1));

    private final Violations violations = new Violations();
    private final Faults faults = new Faults();
    private final CheckedSourceDirectory directory = directory();
    private final CheckedJobFactory factory =
            new CheckedJobFactory(JobFactories.blocking("test_v1", "tst-", context -> Outcome.succeeded()), violations);

    private CheckedSourceDirectory directory() {
        Shelf shelf = new Shelf();
        shelf.fill("dir-1", 3);
        return new CheckedSourceDirectory(faults.around(shelf), violations);
    }

    private void refused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(ContractViolation.class).isThrownBy(call).withMessageContaining(message);
        assertThat(violations.found()).singleElement().asString().contains(message);
    }

    private Listing list() throws Exception {
        return directory.list(ListRequest.of(SCOPE, "dir-1"));
    }

    @Test
    void a_legal_reader_is_left_alone() throws Exception {
        try (Listing listing = list()) {
            assertThat(listing.next(2).files()).hasSize(2);
            assertThat(listing.next(2).last()).isTrue();
            assertThat(directory.openListings()).isEqualTo(1);
        }
        directory
                .list(ListRequest.of(SCOPE, "dir-1").withAfterId(Optional.of("f-0001")))
                .close();
        assertThat(directory.find(FileRequest.of(SCOPE, "dir-1", "f-0002"))).isPresent();
        assertThat(directory.openListings()).isZero();
        violations.assertNone();
    }

    @Test
    void a_limit_below_one_is_met() throws Exception {
        try (Listing listing = list()) {
            refused(() -> listing.next(0), "limit 0");
        }
    }

    @Test
    void a_page_behind_the_last_is_met() throws Exception {
        try (Listing listing = list()) {
            assertThat(listing.next(3).last()).isTrue();
            refused(() -> listing.next(3), "that is ENDED");
        }
    }

    @Test
    void a_page_behind_a_failure_is_met() throws Exception {
        faults.on(Call.LISTING_NEXT, Fault.throwing(() -> new IllegalStateException("cut off")));
        try (Listing listing = list()) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> listing.next(1));
            refused(() -> listing.next(1), "that is ENDED");
        }
    }

    @Test
    void a_closed_listing_is_neither_read_nor_closed_again() throws Exception {
        Listing listing = list();
        listing.close();
        refused(() -> listing.next(1), "next of a listing of \"dir-1\" that is CLOSED");
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(listing::close)
                .withMessageContaining("close of a listing");
    }

    @Test
    void a_listing_that_is_read_is_not_read_or_closed_by_another_thread() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        faults.on(Call.LISTING_NEXT, Fault.slow(Duration.ZERO, time -> {
            blocked.countDown();
            release.await();
        }));
        Listing listing = list();
        Thread reader = new Thread(() -> {
            try {
                FilePage unused = listing.next(1);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        reader.start();
        blocked.await();
        refused(() -> listing.next(1), "that is READING");
        assertThatExceptionOfType(ContractViolation.class).isThrownBy(listing::close);
        release.countDown();
        reader.join();
        listing.close();
    }

    @Test
    void an_id_that_was_never_listed_is_met() {
        refused(
                () -> directory.find(FileRequest.of(SCOPE, "dir-1", "f-0001")),
                "find: the id \"f-0001\" was never listed");
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(() -> directory.list(ListRequest.of(SCOPE, "dir-1").withAfterId(Optional.of("f-0001"))));
        assertThatExceptionOfType(ContractViolation.class).isThrownBy(() -> directory.exists(SCOPE, ""));
    }

    @Test
    void an_id_of_an_earlier_process_may_be_told() throws Exception {
        directory.listedBefore(SCOPE, "dir-1", "f-0001");
        assertThat(directory.find(FileRequest.of(SCOPE, "dir-1", "f-0001"))).isPresent();
        violations.assertNone();
    }

    /** A request of whatever content. */
    private record Request(
            Scope scope,
            JobType type,
            long ordinal,
            String fileId,
            ConfigurationSnapshot configuration,
            String proposedJobId,
            String jobId,
            int attempt,
            long epoch)
            implements JobContext {
        static Request of(long ordinal, int attempt, long epoch) {
            String id = Ids.proposedJobId("tst-", BATCH, ordinal);
            return new Request(
                    SCOPE, TYPE, ordinal, "f-" + ordinal, ConfigurationSnapshot.EMPTY, id, id, attempt, epoch);
        }

        Request file(String other) {
            return new Request(scope, type, ordinal, other, configuration, proposedJobId, jobId, attempt, epoch);
        }

        Request proposed(String other) {
            return new Request(scope, type, ordinal, fileId, configuration, other, jobId, attempt, epoch);
        }

        Request job(String other) {
            return new Request(scope, type, ordinal, fileId, configuration, proposedJobId, other, attempt, epoch);
        }

        Request type(JobType other) {
            return new Request(scope, other, ordinal, fileId, configuration, proposedJobId, jobId, attempt, epoch);
        }

        Request configuration(String text) {
            ConfigurationSnapshot other = ConfigurationSnapshot.of(text);
            return new Request(scope, type, ordinal, fileId, other, proposedJobId, jobId, attempt, epoch);
        }

        @Override
        public String batchId() {
            return BATCH;
        }

        @Override
        public String sourceDirectoryId() {
            return "dir-1";
        }

        @Override
        public SourceFile file() {
            return new Shelf.Entry(fileId);
        }

        @Override
        public boolean isStopRequested() {
            return false;
        }

        @Override
        public void onStopRequested(Runnable action) {}
    }

    static Stream<Arguments> requests() {
        Request again = Request.of(0, 2, 1);
        return Stream.of(
                Arguments.of("is not served", again.type(JobType.PARSE_V2)),
                Arguments.of("is proposed for file 0", again.proposed(Ids.proposedJobId("tst-", BATCH, 1))),
                Arguments.of("is proposed for file 0", again.proposed("tst-mine")),
                Arguments.of("attempt 0 under epoch 1", Request.of(0, 0, 1)),
                Arguments.of("attempt 1 under epoch 0", Request.of(0, 1, 0)),
                Arguments.of("has changed its scope", again.configuration("other")),
                Arguments.of("f-other", again.file("f-other")),
                Arguments.of("attempt 1 under epoch 0", Request.of(1, 1, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void an_illegal_request_is_met(String message, Request request) throws Exception {
        assertThat(factory.create(Request.of(0, 1, 1))).isInstanceOf(JobCreation.Created.class);
        refused(() -> factory.create(request), message);
    }

    @Test
    void epochs_and_attempts_do_not_go_back() throws Exception {
        factory.create(Request.of(0, 1, 2));
        factory.create(Request.of(0, 2, 2));
        refused(() -> factory.create(Request.of(0, 1, 2)), "attempt 1 of");
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(() -> factory.create(Request.of(0, 2, 1)))
                .withMessageContaining("under epoch 1 after 2");
    }

    @Test
    void attempts_may_ascend_repeat_when_put_off_be_spent_before_and_begin_again_under_another_epoch()
            throws Exception {
        for (Request legal : new Request[] {
            Request.of(0, 1, 1), Request.of(0, 1, 1), Request.of(0, 2, 1), Request.of(0, 4, 1), Request.of(0, 1, 2)
        }) {
            factory.create(legal);
        }
        violations.assertNone();
    }

    @Test
    void a_job_runs_once_and_as_what_it_was_created_for() throws Exception {
        Request request = Request.of(0, 1, 1);
        assertThat(body(request).run(request)).isEqualTo(Outcome.succeeded());
        Job.BlockingJob job = body(request);
        refused(() -> job.run(request.job("tst-other")), "runs as tst-other");
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(() -> job.run(request))
                .withMessageContaining("runs twice");
    }

    @Test
    void a_configuration_of_a_type_that_is_not_served_is_met() {
        refused(() -> factory.resolve(ResolveRequest.of(SCOPE, JobType.PARSE_V2, "cfg-1")), "is not served");
    }

    private Job.BlockingJob body(Request request) throws Exception {
        return (Job.BlockingJob) ((JobCreation.Created) factory.create(request)).job();
    }
}
