package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SourceFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;

/** What the rules for job factories share: fixtures, and attempts made as the engine makes them. */
@DisplayNameGeneration(RuleNames.class)
abstract class JobFactoryRules {
    private static final int MAX_PUT_OFF = 50;

    private final List<JobFactoryFixture> fixtures = new ArrayList<>();

    abstract JobFactoryFixture open() throws Exception;

    /** How an attempt ended: with an outcome of its job, a refusal to create one, or an exception. */
    record Ended(
            @Nullable Outcome outcome,
            JobCreation.@Nullable Refused refused,
            @Nullable Throwable thrown) {
        boolean succeeded() {
            return outcome instanceof Outcome.Succeeded;
        }

        /** Why it failed, as the engine would record it; empty where it did not fail. */
        Optional<String> failure() {
            if (outcome instanceof Outcome.Failed failed) {
                return Optional.of(failed.message());
            }
            if (refused != null) {
                return Optional.of(refused.message());
            }
            return Optional.ofNullable(thrown).map(Text::describe);
        }
    }

    @AfterEach
    void closeFixtures() throws Exception {
        for (JobFactoryFixture fixture : fixtures) {
            fixture.close();
        }
    }

    JobFactoryFixture given() throws Exception {
        JobFactoryFixture fixture = open();
        fixtures.add(fixture);
        return fixture;
    }

    static <T> T declared(Optional<T> what, String name) {
        assumeTrue(what.isPresent(), () -> "the fixture has no " + name);
        return what.orElseThrow();
    }

    static ConfigurationSnapshot resolve(JobFactoryFixture fixture) throws Exception {
        ConfigurationSnapshot snapshot = fixture.factory()
                .resolve(ResolveRequest.of(fixture.scope(), fixture.type(), fixture.configurationId()));
        assertThat(snapshot).as("a snapshot").isNotNull();
        return snapshot;
    }

    static WatchedFile watched(JobFactoryFixture fixture, SourceFile file) {
        return new WatchedFile(file, fixture.needsPath());
    }

    static FakeJobContext request(JobFactoryFixture fixture, SourceFile file, long ordinal) throws Exception {
        return request(fixture, resolve(fixture), file, ordinal, 1);
    }

    static FakeJobContext request(
            JobFactoryFixture fixture, ConfigurationSnapshot snapshot, SourceFile file, long ordinal, int attempt) {
        String prefix = fixture.factory().types().get(fixture.type());
        assertThat(prefix).as("the prefix of %s", fixture.type()).isNotNull();
        return FakeJobContext.of(fixture.type(), file)
                .withScope(fixture.scope())
                .withJobIdPrefix(prefix)
                .withConfiguration(snapshot)
                .withOrdinal(ordinal)
                .withAttempt(attempt);
    }

    static Ended run(JobFactoryFixture fixture, SourceFile file, long ordinal) throws Exception {
        return run(fixture, fixture.factory(), request(fixture, file, ordinal));
    }

    /** Asks for the job, again where it is not the time for it. */
    static JobCreation create(JobFactoryFixture fixture, JobFactory factory, FakeJobContext run) throws Exception {
        for (int i = 0; i < MAX_PUT_OFF; i++) {
            JobCreation creation = factory.create(run);
            assertThat(creation).as("the answer to a request").isNotNull();
            if (!(creation instanceof JobCreation.NotNow wait)) {
                return creation;
            }
            pause(fixture, wait.retryAfter());
        }
        throw putOff();
    }

    /** Creates the job and runs it to its end, putting it off where it says that it is not the time for it. */
    static Ended run(JobFactoryFixture fixture, JobFactory factory, FakeJobContext run) throws Exception {
        for (int i = 0; i < MAX_PUT_OFF; i++) {
            JobCreation creation;
            try {
                creation = create(fixture, factory, run);
            } catch (Exception failure) {
                return new Ended(null, null, failure);
            }
            if (creation instanceof JobCreation.Refused refused) {
                return new Ended(null, refused, null);
            }
            JobCreation.Created created = (JobCreation.Created) creation;
            run.created(created.jobId());
            Ended ended = run(fixture, created.job(), run);
            if (!(ended.outcome() instanceof Outcome.NotNow wait)) {
                return ended;
            }
            pause(fixture, wait.retryAfter());
        }
        throw putOff();
    }

    private static Ended run(JobFactoryFixture fixture, Job job, FakeJobContext run) throws Exception {
        FutureTask<CompletableFuture<Outcome>> body = new FutureTask<>(() -> start(job, run));
        Thread thread = new Thread(body, "contract-job");
        thread.setDaemon(true);
        thread.start();
        long millis = fixture.patience().toMillis();
        try {
            Outcome outcome = body.get(millis, TimeUnit.MILLISECONDS).get(millis, TimeUnit.MILLISECONDS);
            assertThat(outcome).as("a job's outcome").isNotNull();
            return new Ended(outcome, null, null);
        } catch (ExecutionException failure) {
            return new Ended(null, null, failure.getCause());
        } catch (TimeoutException late) {
            run.requestStop();
            throw new AssertionError("the job did not end within " + fixture.patience(), late);
        }
    }

    private static CompletableFuture<Outcome> start(Job job, FakeJobContext run) throws Exception {
        run.body(Thread.currentThread());
        try {
            if (job instanceof Job.BlockingJob blocking) {
                return CompletableFuture.completedFuture(blocking.run(run));
            }
            CompletionStage<Outcome> stage = ((Job.AsyncJob) job).start(run);
            if (stage == null) {
                throw new IllegalStateException("the job answered null instead of a stage");
            }
            CompletableFuture<Outcome> ended = new CompletableFuture<>();
            stage.whenComplete((outcome, failure) -> {
                if (failure == null) {
                    ended.complete(outcome);
                } else {
                    ended.completeExceptionally(failure);
                }
            });
            return ended;
        } finally {
            run.body(null);
        }
    }

    private static void pause(JobFactoryFixture fixture, Duration retryAfter) throws InterruptedException {
        assertThat(retryAfter).as("when to try again").isNotNull().isGreaterThanOrEqualTo(Duration.ZERO);
        Duration wait = retryAfter.compareTo(fixture.patience()) < 0 ? retryAfter : fixture.patience();
        // A latch that nobody opens: a wait that ends with an interrupt.
        assertThat(new CountDownLatch(1).await(wait.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
    }

    private static AssertionError putOff() {
        return new AssertionError(Text.format("the job was put off %d times", MAX_PUT_OFF));
    }
}
