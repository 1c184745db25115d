package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.DelayedFile.StartMark;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A file that kills its process does not kill it for ever. */
class CrashesTest {
    private static final JobType TYPE = JobType.of("test_v1");
    private static final JobType ASYNC = JobType.of("async_v1");

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final ListedDirectory directory = new ListedDirectory();
    private final Set<String> killers = new HashSet<>();
    private final List<String> starts = new ArrayList<>();
    private ManualMachine.Simulated process = machine.process();
    private BatchEngine engine = start(process);
    private int lost;

    private BatchEngine start(ManualMachine.Simulated in) {
        return builder(in).build();
    }

    private BatchEngineBuilder builder(ManualMachine.Simulated in) {
        return in.engine(4)
                .sourceDirectory(directory)
                .jobFactory(JobFactories.blocking("test_v1", "tst-", context -> {
                    if (in.isKilled()) {
                        return Outcome.stopped(); // what runs after its process was killed has not happened
                    }
                    starts.add(context.file().id());
                    if (killers.contains(context.file().id())) {
                        in.kill();
                    }
                    return Outcome.succeeded();
                }))
                .store(store)
                .environment(environment -> environment.withStepsPerTask(1));
    }

    private BatchEngine async(ManualMachine.Simulated in, List<CompletableFuture<Outcome>> jobs) {
        return in.engine(4)
                .sourceDirectory(directory)
                .jobFactory(JobFactories.async("async_v1", "asy-", context -> {
                    jobs.add(new CompletableFuture<>());
                    return jobs.get(jobs.size() - 1);
                }))
                .store(store)
                .build();
    }

    private DelayedFile delayed(String id) {
        return Objects.requireNonNull(
                store.files(FileQuery.InBatch.of(id, 0, 1, Set.of(), 1)).get(0).delayed());
    }

    private BatchState state(String id) {
        return store.find(new BatchKey.ById("prj-default", id)).orElseThrow().state();
    }

    /** Runs processes, one after the other, until the batches have ended. */
    private void runUntilEnded(String... ids) {
        machine.advance(Duration.ofSeconds(1));
        while (!hasEnded(ids)) {
            if (process.isKilled()) {
                lost++;
                assertThat(lost).as("losses of the engine").isLessThan(40);
                machine.advance(Duration.ofMinutes(1)); // the lease of the one before
                process = machine.process();
                engine = start(process);
            }
            machine.advance(Duration.ofSeconds(10));
        }
    }

    private boolean hasEnded(String... ids) {
        for (String id : ids) {
            if (!state(id).status().isTerminal()) {
                return false;
            }
        }
        return true;
    }

    private String create(String directoryId) {
        return engine.batches().create(directoryId, TYPE, "cfg-any").id();
    }

    @Test
    void a_file_that_kills_its_process_is_recorded_as_failed_and_all_others_run() {
        directory.generating("dir-a", 500);
        killers.add("f-00000123");
        String id = create("dir-a");
        runUntilEnded(id);
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(499);
        assertThat(failed(id)).singleElement().satisfies(job -> {
            assertThat(job.fileId()).isEqualTo("f-00000123");
            assertThat(job.errorMessage()).contains("lost 3 times").contains("alone");
        });
        assertThat(lost)
                .as("two before it is suspected, one among others, three alone")
                .isEqualTo(6);
        assertThat(starts.stream().filter("f-00000123"::equals)).hasSize(6);
    }

    @Test
    void several_killers_in_several_batches_are_found_and_nobody_else() {
        directory.generating("dir-a", 200).generating("dir-b", 100).with("dir-c", "a", "b", "c");
        killers.addAll(Set.of("f-00000007", "f-00000090", "b"));
        String first = create("dir-a");
        String second = create("dir-b");
        String third = create("dir-c");
        runUntilEnded(first, second, third);
        Set<String> found = new TreeSet<>();
        for (String id : List.of(first, second, third)) {
            assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
            failed(id).forEach(job -> found.add(job.fileId()));
            assertThat(failed(id)).allSatisfy(job -> assertThat(killers).contains(job.fileId()));
        }
        assertThat(found).isEqualTo(new TreeSet<>(killers));
    }

    @Test
    void a_process_that_is_killed_from_outside_again_and_again_fails_no_file() {
        directory.generating("dir-a", 300);
        String id = create("dir-a");
        for (int i = 0; i < 30; i++) {
            machine.runTasks(7 + i);
            process.kill();
            machine.advance(Duration.ofMinutes(1));
            process = machine.process();
            engine = start(process);
        }
        runUntilEnded(id);
        assertThat(failed(id)).isEmpty();
        assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(300);
    }

    @Test
    void a_clean_release_never_counts() {
        directory.with("dir-a", "a");
        List<CompletableFuture<Outcome>> jobs = new ArrayList<>();
        engine = async(process, jobs);
        String id = engine.batches().create("dir-a", ASYNC, "cfg-any").id();
        for (int crashes = 0; crashes < 4; crashes++) {
            machine.advance(Duration.ofSeconds(1));
            assertThat(jobs).hasSize(crashes + 1);
            process.kill();
            machine.advance(Duration.ofMinutes(1));
            process = machine.process();
            engine = async(process, jobs);
        }
        machine.advance(Duration.ofSeconds(1));
        assertThat(delayed(id))
                .isEqualTo(
                        DelayedFile.builder().crashes(1).mark(StartMark.ALONE).build());

        engine.closeAsync(Duration.ofSeconds(4));
        machine.advance(Duration.ofSeconds(3));
        jobs.get(jobs.size() - 1).complete(Outcome.stopped());
        machine.advance(Duration.ofSeconds(1));
        assertThat(delayed(id)).isEqualTo(DelayedFile.builder().crashes(1).build());
        assertThat(state(id).owner()).isNull();
        assertThat(state(id).crashes()).isEqualTo(4);
    }

    @Test
    void deaths_are_forgotten_when_all_that_was_suspected_has_ended() {
        directory.generating("dir-a", 5_000);
        killers.add("f-00000003");
        String id = create("dir-a");
        machine.advance(Duration.ofSeconds(1));
        next();
        killers.clear();
        killers.add("f-00004000");
        machine.advance(Duration.ofSeconds(1));
        assertThat(process.isKilled()).isTrue();
        assertThat(state(id).crashes()).as("two losses, each of another file").isZero();
    }

    @Test
    void a_suspect_that_runs_for_long_is_not_alone_any_more_and_others_go_on() {
        directory.with("dir-a", "a").with("dir-b", "b");
        List<CompletableFuture<Outcome>> jobs = new ArrayList<>();
        engine = async(process, jobs);
        String id = engine.batches().create("dir-a", ASYNC, "cfg-any").id();
        for (int crashes = 0; crashes < 3; crashes++) {
            machine.advance(Duration.ofSeconds(1));
            process.kill();
            machine.advance(Duration.ofMinutes(1));
            process = machine.process();
            engine = async(process, jobs);
        }
        machine.advance(Duration.ofSeconds(1));
        assertThat(delayed(id).mark()).isEqualTo(StartMark.ALONE);
        int before = jobs.size();
        String other = engine.batches().create("dir-b", ASYNC, "cfg-any").id();
        machine.advance(Duration.ofSeconds(5));
        assertThat(jobs).as("nothing else starts").hasSize(before);
        assertThat(engine.batches().progress(other).reason())
                .extracting(StatusReason::message)
                .asString()
                .contains("alone");
        machine.advance(Duration.ofSeconds(6));
        assertThat(jobs).hasSize(before + 1);
        assertThat(delayed(id).mark()).isEqualTo(StartMark.TOGETHER);
        jobs.forEach(job -> job.complete(Outcome.succeeded()));
        runUntilEnded(id, other);
        assertThat(failed(id)).isEmpty();
    }

    @Test
    void how_many_crashes_a_file_may_cause_is_a_setting() {
        directory.with("dir-a", "killer");
        killers.add("killer");
        engine = builder(process).maxCrashesPerFile(1).build();
        String id = create("dir-a");
        machine.advance(Duration.ofSeconds(1));
        int crashes = 0;
        while (!hasEnded(id)) {
            crashes++;
            assertThat(crashes).isLessThan(10);
            machine.advance(Duration.ofMinutes(1));
            process = machine.process();
            engine = builder(process).maxCrashesPerFile(1).build();
            machine.advance(Duration.ofSeconds(10));
        }
        assertThat(crashes).isEqualTo(4);
        assertThat(failed(id)).hasSize(1);
    }

    @Test
    void a_waiting_retry_keeps_its_attempts_and_its_due_time_over_a_crash() {
        directory.with("dir-a", "a");
        List<Integer> attempts = new ArrayList<>();
        ManualMachine.Simulated first = machine.process();
        JobType type = JobType.of("retry_v1");
        var factory = JobFactories.blocking("retry_v1", "ret-", context -> {
            attempts.add(context.attempt());
            return context.attempt() < 3 ? Outcome.failedRetryably("not yet") : Outcome.succeeded();
        });
        BatchEngine before = first.engine(1)
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(store)
                .build();
        Duration backoff = Duration.ofHours(2);
        String id = before.batches()
                .create(CreateBatch.of("dir-a", type, "cfg-any")
                        .withOptions(
                                BatchOptions.DEFAULT.withRetry(RetryPolicy.of(3).withBackoff(backoff, backoff))))
                .id();
        machine.run();
        assertThat(attempts).containsExactly(1);
        first.kill();
        machine.advance(Duration.ofMinutes(1));
        BatchEngine after = machine.process()
                .engine(1)
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(store)
                .build();
        machine.run();
        assertThat(attempts).as("its wait is not over").containsExactly(1);
        machine.advance(Duration.ofHours(5));
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(after.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    private void next() {
        machine.advance(Duration.ofMinutes(1));
        process = machine.process();
        engine = start(process);
    }

    private List<JobRecord> failed(String id) {
        return engine.batches()
                .jobs(id)
                .filter(job -> job.status() == JobStatus.FAILED)
                .toList();
    }
}
