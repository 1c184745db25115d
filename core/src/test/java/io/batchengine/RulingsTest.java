package io.batchengine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The cases on which the original is silent, each as it is ruled. */
class RulingsTest {
    private static final JobType COPY = JobType.of("copy_v1");

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final ListedDirectory directory =
            new ListedDirectory().with("dir-a", "a", "b", "c").with("dir-empty");
    private final Set<String> configurations = new HashSet<>(Set.of("cfg-one"));
    private final Set<String> failing = new HashSet<>();
    private final List<String> ran = new ArrayList<>();
    private String parameters = "v1";
    private int resolved;
    private final Map<Integer, Runnable> whenRun = new HashMap<>();

    private final BatchEngine engine = builder(directory).build();
    private final Batches batches = engine.batches();

    @Test
    void an_empty_directory_completes_with_an_empty_set_of_results() {
        String id = run("dir-empty");
        assertThat(batches.get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batches.get(id, Expand.RESULTS).results()).isEmpty();
        assertThat(batches.progress(id).listingEnded()).isTrue();
    }

    @Test
    void what_can_not_run_is_refused_at_creation_and_nothing_is_stored() {
        refused(ErrorCode.SOURCE_DIRECTORY_NOT_FOUND, () -> batches.create("dir-none", COPY, "cfg-one"));
        refused(ErrorCode.CONFIGURATION_NOT_FOUND, () -> batches.create("dir-a", COPY, "cfg-none"));
        refused(ErrorCode.CONFIGURATION_TYPE_MISMATCH, () -> batches.create("dir-a", COPY, "cfg-of-parse"));
        refused(ErrorCode.UNSUPPORTED_JOB_TYPE, () -> batches.create("dir-a", JobType.PARSE_V2, "cfg-one"));
        Batches refusedProject = engine.batches("prj-refused");
        refused(ErrorCode.PROJECT_REFUSED, () -> refusedProject.create("dir-a", COPY, "cfg-one"));
        refused(ErrorCode.PLUGIN_FAILED, () -> batches.create("dir-a", COPY, "cfg-broken"));
        assertThat(batches.list(ListBatches.ALL).items()).isEmpty();
        assertThat(refusedProject.list(ListBatches.ALL).items()).isEmpty();
    }

    @Test
    void a_batch_with_more_files_than_it_may_have_fails_and_says_the_limit() {
        String id = batches.create(request().withOptions(BatchOptions.DEFAULT.withMaxFiles(2)))
                .id();
        machine.run();
        BatchProgress progress = batches.progress(id);
        assertThat(progress.status()).isEqualTo(BatchStatus.FAILED);
        StatusReason reason = requireNonNull(progress.reason());
        assertThat(reason.code()).isEqualTo(StatusReason.Code.TOO_MANY_FILES);
        assertThat(reason.message()).contains("2 files");
        assertThat(progress.listingEnded()).as("not all files have a place").isFalse();
        assertThat(batches.get(id, Expand.RESULTS).results()).isNull();
    }

    @Test
    void a_batch_with_as_many_files_as_it_may_have_completes() {
        String id = batches.create(request().withOptions(BatchOptions.DEFAULT.withMaxFiles(3)))
                .id();
        machine.run();
        assertThat(batches.get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void a_file_that_vanishes_after_its_listing_fails_alone_and_is_named() {
        directory.with("dir-a", "a", "vanished-b", "c");
        String id = run("dir-a");
        assertThat(batches.get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batches.jobs(id).toList())
                .extracting(job -> job.status())
                .containsExactly(JobStatus.COMPLETED, JobStatus.COMPLETED, JobStatus.FAILED);
        assertThat(batches.jobs(id).toList().get(2).errorMessage()).contains("vanished-b");
    }

    @Test
    void an_id_listed_twice_has_one_result_and_one_job_and_is_counted() {
        close(engine);
        BatchEngine twice =
                builder(new Listed(List.of("a", "a", "b", "b", "b", "c"))).build();
        String id = twice.batches().create("dir-a", COPY, "cfg-one").id();
        machine.run();
        assertThat(twice.batches().results(id).map(BatchResult::sourceDirectoryFileId))
                .containsExactly("a", "b", "c");
        assertThat(ran).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(twice.batches().progress(id).counts().duplicates()).isEqualTo(3);
    }

    @Test
    void a_directory_that_changes_keeps_what_was_listed_and_lists_on_what_is_there() {
        directory.with("dir-a", IntStream.range(100, 800).mapToObj(i -> "f" + i).toArray(String[]::new));
        whenRun.put(0, () -> {
            directory.add("dir-a", "f0-behind-the-place-of-the-listing");
            directory.add("dir-a", "f999");
            directory.remove("dir-a", "f100");
            directory.remove("dir-a", "f799");
        });
        close(engine);
        BatchEngine oneByOne = builder(directory).pageSize(10).build();
        String id = oneByOne.batches().create("dir-a", COPY, "cfg-one").id();
        machine.run();
        assertThat(oneByOne.batches().results(id).map(BatchResult::sourceDirectoryFileId))
                .hasSize(700)
                .contains("f100", "f999")
                .doesNotContain("f799", "f0-behind-the-place-of-the-listing");
    }

    @Test
    void two_batches_over_one_directory_are_independent() {
        String first = batches.create("dir-a", COPY, "cfg-one").id();
        String second = batches.create("dir-a", COPY, "cfg-one").id();
        machine.run();
        assertThat(ran).hasSize(6);
        assertThat(batches.results(first).toList())
                .hasSize(3)
                .doesNotContainAnyElementsOf(batches.results(second).toList());
        batches.delete(first);
        assertThat(batches.results(second).toList()).hasSize(3);
    }

    @Test
    void the_same_request_with_the_same_key_is_the_same_batch_without_resolving_anew() {
        Batch first = batches.create(request().withIdempotencyKey("key"));
        configurations.clear();
        Batch again = batches.create(request().withIdempotencyKey("key"));
        assertThat(again).isEqualTo(first);
        assertThat(resolved).isEqualTo(1);
        machine.run();
        assertThat(batches.create(request().withIdempotencyKey("key")).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(ran).hasSize(3);
    }

    @Test
    void another_request_with_the_same_key_is_a_conflict() {
        CreateBatch keyed = request().withIdempotencyKey("key");
        batches.create(keyed);
        refused(ErrorCode.IDEMPOTENCY_CONFLICT, () -> batches.create(keyed.withRequestedBy("somebody")));
        refused(ErrorCode.IDEMPOTENCY_CONFLICT, () -> batches.create(keyed.withOptions(BatchOptions.DEFAULT)));
        CreateBatch elsewhere = CreateBatch.of("dir-empty", COPY, "cfg-one").withIdempotencyKey("key");
        refused(ErrorCode.IDEMPOTENCY_CONFLICT, () -> batches.create(elsewhere));
        Batches organization = engine.batches(new Scope("org-x", "prj-default"));
        refused(ErrorCode.IDEMPOTENCY_CONFLICT, () -> organization.create(keyed));
        assertThat(batches.list(ListBatches.ALL).items()).hasSize(1);
    }

    @Test
    void a_key_is_of_its_project_alone() {
        Batch first = batches.create(request().withIdempotencyKey("key"));
        Batch other = engine.batches("prj-other").create(request().withIdempotencyKey("key"));
        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(other.projectId()).isEqualTo("prj-other");
    }

    @Test
    void a_batch_of_another_project_is_not_found_by_any_call() {
        String id = run("dir-a");
        JobReference job = firstJob(id);
        Batches other = engine.batches("prj-other");
        List<ThrowingCallable> calls = List.of(
                () -> other.get(id),
                () -> other.get(id, Expand.RESULTS),
                () -> other.cancel(id),
                () -> other.results(id),
                () -> other.results(id, PageRequest.FIRST),
                () -> other.jobs(id),
                () -> other.jobs(id, PageRequest.FIRST),
                () -> other.progress(id),
                () -> other.completion(id),
                () -> other.await(id, Duration.ZERO),
                () -> other.delete(id),
                () -> other.retryFailed(id));
        calls.forEach(call -> refused(ErrorCode.BATCH_NOT_FOUND, call));
        refused(ErrorCode.JOB_NOT_FOUND, () -> other.job(job));
        assertThat(other.purge(Instant.MAX)).isZero();
        assertThat(batches.get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        refused(ErrorCode.BATCH_NOT_FOUND, () -> batches.get("no batch id"));
    }

    @Test
    void results_are_kept_until_they_are_deleted_or_purged() {
        String first = run("dir-a");
        JobReference job = firstJob(first);
        machine.advance(Duration.ofMinutes(10));
        String second = run("dir-a");
        Instant secondEnd = requireNonNull(batches.progress(second).finishedAt());
        assertThat(batches.results(first).toList()).hasSize(3);
        assertThat(batches.purge(secondEnd))
                .as("an end at that time is not before it")
                .isEqualTo(1);
        refused(ErrorCode.BATCH_NOT_FOUND, () -> batches.get(first));
        refused(ErrorCode.JOB_NOT_FOUND, () -> batches.job(job));
        batches.delete(second);
        refused(ErrorCode.BATCH_NOT_FOUND, () -> batches.delete(second));
    }

    @Test
    void a_batch_that_has_not_ended_can_not_be_deleted_or_purged() {
        String id = batches.create("dir-a", COPY, "cfg-one").id();
        refused(ErrorCode.NOT_TERMINAL, () -> batches.delete(id));
        assertThat(batches.purge(Instant.MAX)).isZero();
        refused(ErrorCode.NOT_TERMINAL, () -> batches.retryFailed(id));
        machine.run();
        batches.delete(id);
    }

    @Test
    void failed_files_run_again_in_a_new_batch_that_reads_them_from_the_ended_one() {
        failing.addAll(Set.of("a", "c"));
        String first = run("dir-a");
        failing.clear();
        ran.clear();
        parameters = "v2";
        directory.remove("dir-a", "c");
        directory.add("dir-a", "d");

        Batch retry = batches.retryFailed(first);
        refused(ErrorCode.BATCH_IN_USE, () -> batches.delete(first));
        assertThat(batches.purge(Instant.MAX)).isZero();
        machine.run();

        assertThat(ran).containsExactly("a v2");
        assertThat(batches.progress(retry.id()).retryOf()).isEqualTo(first);
        List<BatchResult> results =
                requireNonNull(batches.get(retry.id(), Expand.RESULTS).results());
        assertThat(results).extracting(BatchResult::sourceDirectoryFileId).containsExactly("a", "c");
        assertThat(results.get(0).jobReference()).isNotNull();
        assertThat(results.get(1).errorMessage()).as("gone").contains("\"c\"");
        assertThat(batches.results(first).toList()).hasSize(3);
        batches.delete(first);
        assertThat(batches.results(retry.id()).toList()).hasSize(2);
    }

    @Test
    void mapping_errors_run_again_too_and_a_retry_can_be_retried() {
        failing.addAll(Set.of("refuse-b", "a"));
        directory.with("dir-a", "a", "refuse-b", "c");
        String first = run("dir-a");
        String second = batches.retryFailed(first).id();
        machine.run();
        assertThat(batches.results(second).map(BatchResult::sourceDirectoryFileId))
                .containsExactly("a", "refuse-b");
        failing.remove("refuse-b");
        String third = batches.retryFailed(second).id();
        machine.run();
        assertThat(batches.progress(third).counts().succeeded()).isEqualTo(1);
        assertThat(batches.progress(third).counts().failed()).isEqualTo(1);
    }

    @Test
    void a_retry_resolves_its_configuration_afresh() {
        String id = run("dir-a");
        configurations.clear();
        refused(ErrorCode.CONFIGURATION_NOT_FOUND, () -> batches.retryFailed(id));
        assertThat(batches.list(ListBatches.ALL).items()).hasSize(1);
    }

    @Test
    void a_retry_of_many_files_goes_on_where_another_engine_left_it() {
        String[] ids = IntStream.range(0, 300).mapToObj("f-%03d"::formatted).toArray(String[]::new);
        directory.with("dir-a", ids);
        failing.addAll(Set.of(ids));
        String first = run("dir-a");
        failing.clear();
        ran.clear();
        BatchEngine small = builder(directory).pageSize(1).build();
        close(engine);
        String retry = small.batches().retryFailed(first).id();
        whenRun.put(200, () -> small.closeAsync(Duration.ofSeconds(1)));
        machine.advance(Duration.ofSeconds(5));
        assertThat(ran).hasSizeBetween(200, 290);
        BatchEngine next = builder(directory).pageSize(1).build();
        machine.advance(Duration.ofSeconds(60));
        BatchProgress progress = next.batches().progress(retry);
        assertThat(progress.status()).as("%s", progress.reason()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(progress.counts().succeeded()).isEqualTo(300);
        assertThat(ran).hasSize(300);
    }

    private static CreateBatch request() {
        return CreateBatch.of("dir-a", COPY, "cfg-one");
    }

    private String run(String directoryId) {
        String id = batches.create(directoryId, COPY, "cfg-one").id();
        machine.run();
        return id;
    }

    private JobReference firstJob(String id) {
        return requireNonNull(batches.results(id).findFirst().orElseThrow().jobReference());
    }

    private void close(BatchEngine closing) {
        closing.closeAsync(Duration.ofSeconds(1));
        machine.advance(Duration.ofSeconds(2));
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private BatchEngineBuilder builder(SourceDirectory source) {
        return machine.engine()
                .sourceDirectory(source)
                .jobFactory(new Copying())
                .projectFilter(scope -> !scope.projectId().equals("prj-refused"))
                .store(store);
    }

    private final class Copying implements JobFactory {
        @Override
        public Map<JobType, String> types() {
            return Map.of(COPY, "cpy-");
        }

        @Override
        public ConfigurationSnapshot resolve(ResolveRequest request) {
            resolved++;
            if (request.configurationId().equals("cfg-broken")) {
                throw new IllegalStateException("broken");
            }
            if (request.configurationId().equals("cfg-of-parse")) {
                throw BatchEngineException.of(ErrorCode.CONFIGURATION_TYPE_MISMATCH, "it is of parse_v2");
            }
            if (!configurations.contains(request.configurationId())) {
                throw BatchEngineException.of(ErrorCode.CONFIGURATION_NOT_FOUND, "no configuration");
            }
            return ConfigurationSnapshot.of(parameters);
        }

        @Override
        public JobCreation create(JobRequest request) {
            String id = request.file().id();
            if (id.startsWith("refuse") && failing.contains(id)) {
                return JobCreation.refused("no");
            }
            Job.BlockingJob body =
                    context -> copy(context.file(), context.configuration().text());
            return JobCreation.created(body);
        }

        private Outcome copy(SourceFile file, String with) throws IOException {
            try (var in = file.open()) {
                in.readAllBytes();
            }
            whenRun.getOrDefault(ran.size(), () -> {}).run();
            ran.add(with.equals("v1") ? file.id() : file.id() + " " + with);
            return failing.contains(file.id()) ? Outcome.failed("no good") : Outcome.succeeded();
        }
    }

    /** One listing, as it is told to be. */
    private record Listed(List<String> ids) implements SourceDirectory {
        @Override
        public boolean exists(Scope scope, String directoryId) {
            return true;
        }

        @Override
        public Listing list(ListRequest request) {
            ListedDirectory files =
                    new ListedDirectory().with("dir", ids.stream().distinct().toArray(String[]::new));
            return new Listing() {
                @Override
                public FilePage next(int limit) {
                    return FilePage.of(
                            ids.stream()
                                    .map(id -> files.find(FileRequest.of(request.scope(), "dir", id))
                                            .orElseThrow())
                                    .toList(),
                            true);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Optional<SourceFile> find(FileRequest request) {
            return Optional.empty();
        }
    }
}
