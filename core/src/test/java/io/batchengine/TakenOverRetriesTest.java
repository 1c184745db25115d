package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that waits for its next attempt ends as it would have without the loss of its engine. */
class TakenOverRetriesTest {
    /** How attempts fail so that another one follows. */
    enum Attempts {
        REFUSED {
            @Override
            JobCreation fail(int attempt) {
                return new JobCreation.Refused("attempt " + attempt, true);
            }
        },
        THROWN {
            @Override
            JobCreation fail(int attempt) throws Exception {
                throw new Exception("attempt " + attempt);
            }
        },
        RUN {
            @Override
            JobCreation fail(int attempt) {
                return JobCreation.created((Job.BlockingJob) context -> Outcome.failedRetryably("attempt " + attempt));
            }
        };

        abstract JobCreation fail(int attempt) throws Exception;

        FileCounts ended() {
            return this == RUN ? FAILED : MAPPING_ERROR;
        }

        FileCounts cancelled() {
            return this == RUN ? CANCELLED : MAPPING_ERROR;
        }
    }

    private static final FileCounts MAPPING_ERROR =
            FileCounts.builder().listed(1).mappingErrors(1).build();
    private static final FileCounts FAILED =
            FileCounts.builder().listed(1).failed(1).build();
    private static final FileCounts CANCELLED =
            FileCounts.builder().listed(1).cancelled(1).build();
    private static final Duration WAIT = Duration.ofMinutes(20);

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final List<Integer> attempts = new ArrayList<>();
    private ManualMachine.Simulated process = machine.process();

    private BatchEngine engine(TestFactories.Create create) {
        ManualMachine.Simulated in = process;
        return in.engine(1)
                .sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                .jobFactory(TestFactories.creating(request -> {
                    attempts.add(request.attempt());
                    return create.create(request);
                }))
                .store(store)
                .defaultOptions(BatchOptions.DEFAULT.withRetry(RetryPolicy.of(3).withBackoff(WAIT, WAIT)))
                .build();
    }

    /** Creates a batch and has its file tried once. */
    private String triedOnce(Attempts first) {
        String id = engine(request -> first.fail(request.attempt()))
                .batches()
                .create("dir-a", TYPE, "cfg-any")
                .id();
        machine.run();
        assertThat(attempts).containsExactly(1);
        return id;
    }

    private void loseProcess() {
        process.kill();
        machine.advance(Duration.ofMinutes(1)); // its lease
        process = machine.process();
    }

    private void runUntilEnded(BatchEngine engine, String id) {
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
    }

    @ParameterizedTest
    @EnumSource
    void a_file_whose_attempts_all_went_the_same_way_ends_as_without_the_loss(Attempts all) {
        String id = triedOnce(all);
        loseProcess();
        BatchEngine engine = engine(request -> all.fail(request.attempt()));
        runUntilEnded(engine, id);
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(engine.batches().progress(id).counts()).isEqualTo(all.ended());
        assertThat(file(id).settled()).satisfies(settled -> {
            assertThat(settled.message()).endsWith("attempt 3");
            assertThat(settled.attempts()).isEqualTo(3);
        });
    }

    @Test
    void a_file_that_had_a_job_before_the_loss_has_failed_though_none_is_created_after_it() {
        String id = triedOnce(Attempts.RUN);
        loseProcess();
        BatchEngine engine = engine(request -> Attempts.REFUSED.fail(request.attempt()));
        runUntilEnded(engine, id);
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(engine.batches().progress(id).counts()).isEqualTo(FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void a_waiting_file_that_is_cancelled_after_the_loss_tells_whether_it_had_a_job(Attempts first) {
        String id = triedOnce(first);
        loseProcess();
        BatchEngine engine = engine(request -> first.fail(request.attempt()));
        machine.run();
        engine.batches().cancel(id);
        runUntilEnded(engine, id);
        assertThat(attempts).containsExactly(1);
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.batches().progress(id).counts()).isEqualTo(first.cancelled());
    }

    /** A mark takes the place of the record of the wait. */
    @ParameterizedTest
    @EnumSource
    void a_file_that_is_suspected_of_the_losses_keeps_whether_it_had_a_job(Attempts first) {
        String id = triedOnce(first);
        loseProcess();
        engine(request -> first.fail(request.attempt()));
        machine.run();
        loseProcess();
        engine(this::killProcess);
        machine.advance(Duration.ofSeconds(1));
        assertThat(file(id).delayed())
                .isEqualTo(DelayedFile.builder()
                        .attempts(1)
                        .mapped(first == Attempts.RUN)
                        .mark(DelayedFile.StartMark.TOGETHER)
                        .build());
        loseProcess();
        BatchEngine engine = engine(request -> Attempts.REFUSED.fail(request.attempt()));
        runUntilEnded(engine, id);
        assertThat(attempts).containsExactly(1, 2, 2, 3);
        assertThat(engine.batches().progress(id).counts()).isEqualTo(first.ended());
    }

    private JobCreation killProcess(JobRequest request) {
        process.kill();
        return JobCreation.notNow(WAIT); // has not happened
    }

    private FileRecord file(String id) {
        return store.files(FileQuery.InBatch.of(id, 0, 1, Set.of(), 1)).get(0);
    }
}
