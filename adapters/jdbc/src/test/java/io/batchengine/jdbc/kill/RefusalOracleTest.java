package io.batchengine.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.CreateBatch;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchStore;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The oracle of runs whose database refuses texts: a culprit in another form is what it should be, and in its own form is found out. */
class RefusalOracleTest {
    private static final Workload WORKLOAD =
            new Workload(List.of(new PlannedBatch(0, 11, 120, 1, -1, false, -1, 1_000, 20)));

    @Test
    void a_culprit_that_is_stored_in_another_form_is_as_it_should_be() {
        assertThat(auditedOn(refusing(new InMemoryBatchStore())).all()).isEmpty();
    }

    @Test
    void a_culprit_with_the_text_that_the_database_refuses_is_found_out() {
        assertThat(auditedOn(new InMemoryBatchStore()).all())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.what()).startsWith("I10: a file of kind UNKEPT"));
    }

    private static KillViolations auditedOn(BatchStore store) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Pipe pipe = new Pipe(bytes);
        PlannedJobs jobs = new PlannedJobs(WORKLOAD, pipe);
        try (BatchEngine engine = BatchEngine.builder()
                .store(store)
                .sourceDirectory(new PlannedDirectory(WORKLOAD))
                .jobFactory(jobs)
                .listener(new TellingListener(pipe, jobs))
                .defaultProject(Workload.PROJECT)
                .build()) {
            PlannedBatch plan = WORKLOAD.batches().get(0);
            String id = engine.batches()
                    .create(CreateBatch.of(plan.directoryId(), Workload.TYPE, "cfg-x")
                            .withOptions(plan.options())
                            .withIdempotencyKey(plan.key()))
                    .id();
            engine.batches().await(id, Duration.ofMinutes(1));
        }
        KillViolations violations = new KillViolations();
        Ledger ledger = new Ledger(WORKLOAD, violations);
        bytes.toString(StandardCharsets.UTF_8).lines().map(LedgerLine::parse).forEach(line -> ledger.accept(0, line));
        new Audit(WORKLOAD, ledger, violations).checkEnd(store);
        return violations;
    }

    private static BatchStore refusing(BatchStore real) {
        return (BatchStore) Proxy.newProxyInstance(
                BatchStore.class.getClassLoader(), new Class<?>[] {BatchStore.class}, (proxy, called, args) -> {
                    if (called.getName().equals("commit")
                            && ((List<?>) args[0]).stream().anyMatch(commit -> hasMark(commit))) {
                        throw BatchEngineException.of(ErrorCode.CONTENT_REFUSED, "refused");
                    }
                    try {
                        return called.invoke(real, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getTargetException();
                    }
                });
    }

    private static boolean hasMark(Object commit) {
        return ((BatchCommit) commit)
                .settled().stream()
                        .anyMatch(file -> file.message() != null
                                && PlannedBatch.MARKS.stream().anyMatch(file.message()::contains));
    }
}
