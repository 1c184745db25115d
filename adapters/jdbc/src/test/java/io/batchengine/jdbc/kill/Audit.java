package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds a store against the ledger and the workload of its run, and against what the audits before have seen. Reads only. */
final class Audit {
    private final Workload workload;
    private final Ledger ledger;
    private final KillViolations violations;
    private final Map<String, BatchState> seen = new HashMap<>();

    Audit(Workload workload, Ledger ledger, KillViolations violations) {
        this.workload = workload;
        this.ledger = ledger;
        this.violations = violations;
    }

    /** Looks at all of it; no engine may be writing. */
    void check(BatchStore store) {
        int found = 0;
        for (PlannedBatch plan : workload.batches()) {
            Optional<StoredBatch> batch = store.find(new BatchKey.ByIdempotencyKey(Workload.PROJECT, plan.key()));
            BatchLedger told = ledger.batch(plan.index());
            if (batch.isPresent()) {
                found++;
                check(store, plan, batch.get(), told);
            } else if (told != null) {
                violations.add(Kind.LOST, "I3: %s was acknowledged as %s and is not there", plan.key(), told.id);
            }
        }
        BatchQuery all = BatchQuery.builder()
                .projectId(Workload.PROJECT)
                .limit(1_000)
                .withTotal(true)
                .build();
        BatchPage page = store.list(all);
        if (page.batches().size() != found || page.total().orElse(-1) != found) {
            violations.add(
                    Kind.DOUBLED,
                    "%d batches by key, %d in the list, %s in total",
                    found,
                    page.batches().size(),
                    page.total());
        }
    }

    /** After the last life, in which every batch has ended. */
    void checkEnd(BatchStore store) {
        check(store);
        for (PlannedBatch plan : workload.batches()) {
            Optional<StoredBatch> batch = store.find(new BatchKey.ByIdempotencyKey(Workload.PROJECT, plan.key()));
            if (batch.isEmpty()) {
                violations.add(Kind.LOST, "%s was never created", plan.key());
            } else if (!batch.get().state().status().isTerminal()) {
                violations.add(Kind.ILLEGAL, "I15: %s ends as %s", plan.key(), batch.get());
            }
        }
    }

    private void check(BatchStore store, PlannedBatch plan, StoredBatch batch, @Nullable BatchLedger told) {
        if (store.find(new BatchKey.ById(Workload.PROJECT, batch.id())).isEmpty()) {
            violations.add(Kind.LOST, "%s is found by its key and not by its id %s", plan.key(), batch.id());
        }
        if (told != null && !told.id.equals(batch.id())) {
            violations.add(Kind.LOST, "I3: %s was %s and is %s", plan.key(), told.id, batch.id());
        }
        if (told != null) {
            told.checkMoves();
        }
        checkTimes(batch);
        checkStatus(plan, batch, told);
        BatchState before = seen.put(batch.id(), batch.state());
        if (before != null) {
            checkChange(batch, before);
        }
        new FileAudit(plan, batch, told, violations).check(store);
    }

    private void checkTimes(StoredBatch batch) {
        BatchState state = batch.state();
        boolean ordered = !state.updatedAt().isBefore(batch.request().createdAt())
                && (state.startedAt() == null
                        || !state.startedAt().isBefore(batch.request().createdAt()))
                && (state.finishedAt() == null
                        || state.startedAt() == null
                        || !state.finishedAt().isBefore(state.startedAt()));
        if (!ordered || (state.finishedAt() != null) != state.status().isTerminal()) {
            violations.add(Kind.ILLEGAL, "I6: times of %s", batch);
        }
    }

    private void checkStatus(PlannedBatch plan, StoredBatch batch, @Nullable BatchLedger told) {
        BatchState state = batch.state();
        if (state.status().isTerminal() && !plan.mayEndAs(state.status())) {
            violations.add(Kind.ILLEGAL, "I5: %s may not end as %s: %s", plan, state.status(), state);
        }
        BatchStatus acknowledged = told == null ? null : told.status();
        if (acknowledged != null && state.status() != acknowledged) {
            if (acknowledged.isTerminal() || state.status() == BatchStatus.PENDING) {
                violations.add(Kind.LOST, "I3: %s was %s and is %s", batch.id(), acknowledged, state.status());
            }
        }
        if (told != null && told.cancelAsked) {
            boolean stands = state.cancelRequested() || state.status() == BatchStatus.CANCELLED;
            if (!stands || state.status() == BatchStatus.COMPLETED) {
                violations.add(Kind.LOST, "I3: the cancel request of %s is gone: %s", batch.id(), state);
            }
        }
        if (state.status() == BatchStatus.COMPLETED) {
            boolean whole = state.listingEnded()
                    && state.counts().listed() == plan.files()
                    && state.counts().settled() == plan.files();
            if (!whole) {
                violations.add(Kind.LOST, "I5: %s of %d files is completed as %s", batch.id(), plan.files(), state);
            }
        }
    }

    private void checkChange(StoredBatch batch, BatchState before) {
        BatchState now = batch.state();
        boolean same = now.version() == before.version();
        boolean moved = now.version() > before.version() && now.updatedAt().isAfter(before.updatedAt());
        if (!(same ? now.updatedAt().equals(before.updatedAt()) : moved) || now.epoch() < before.epoch()) {
            violations.add(Kind.ILLEGAL, "I6: %s changed from %s to %s", batch.id(), before, now);
        }
        if (before.status().isTerminal() && !before.equals(now)) {
            violations.add(Kind.ILLEGAL, "I2: %s had ended as %s and is %s", batch.id(), before, now);
        }
        boolean falls = now.settledBelow() < before.settledBelow()
                || now.counts().listed() < before.counts().listed()
                || now.counts().settled() < before.counts().settled();
        if (falls) {
            violations.add(Kind.LOST, "I4: %s fell from %s to %s", batch.id(), before, now);
        }
        if (now.status() != before.status() && now.status() == BatchStatus.PENDING) {
            violations.add(Kind.ILLEGAL, "I2: %s moved from %s back to %s", batch.id(), before, now);
        }
    }
}
