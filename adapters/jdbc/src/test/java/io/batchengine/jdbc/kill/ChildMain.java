package io.batchengine.jdbc.kill;

import io.batchengine.BatchEngine;
import io.batchengine.CreateBatch;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The process that is killed: runs a workload's batches in an engine and tells its parent over the standard output. It creates every batch
 * again after each start, with the same idempotency keys. A byte on the standard input asks it to close; its end, to halt.
 */
public final class ChildMain {
    private static final int HEALTH_MILLIS = 20;
    private static final int RETRY_MILLIS = 50;
    private static final int BACKUPS = 5;
    private static final int BACKUP_MILLIS = 40;

    private final ChildOptions options;
    private final Workload workload;
    private final Pipe pipe = Pipe.ofThisProcess();
    private final CountDownLatch over = new CountDownLatch(1); // all batches have ended, or it is to close

    private ChildMain(ChildOptions options) {
        this.options = options;
        this.workload = options.workload();
    }

    /** As {@link ChildOptions#arguments} has them. */
    public static void main(String[] arguments) throws InterruptedException {
        new ChildMain(ChildOptions.parse(arguments)).run();
    }

    private void run() throws InterruptedException {
        inBackground("kill-input", this::readInput);
        pipe.say(new LedgerLine.Opening());
        KillRefusals refusals = new KillRefusals();
        BatchStore opened = KillStores.open(options, pipe);
        try (BatchStore store = refusals.watch(opened)) {
            PlannedJobs jobs = new PlannedJobs(workload, pipe);
            TellingListener listener = new TellingListener(pipe, jobs);
            BatchEngine engine = build(store, jobs, listener);
            HealthWatch health = new HealthWatch(engine, pipe);
            try (engine) {
                pipe.say(new LedgerLine.Ready());
                inBackground("kill-health", () -> every(HEALTH_MILLIS, health));
                inBackground("kill-batches", () -> runBatches(engine));
                if (options.mode() == ChildOptions.Mode.BACKS_UP) {
                    inBackground("kill-backups", () -> backUp((JdbcBatchStore) opened));
                }
                over.await();
            }
            health.run();
            requireCounted(refusals, engine);
        }
        pipe.say(new LedgerLine.Closed());
    }

    /** What a store refused as stale the engine has counted; and more, where it found out by reading. */
    private static void requireCounted(KillRefusals refusals, BatchEngine engine) {
        long counted = engine.health().refusedWrites();
        if (counted < refusals.count()) {
            throw new IllegalStateException(
                    Text.format("%d writes were refused, %d counted", refusals.count(), counted));
        }
    }

    private BatchEngine build(BatchStore store, PlannedJobs jobs, TellingListener listener) {
        return BatchEngine.builder()
                .store(store)
                .sourceDirectory(new PlannedDirectory(workload))
                .jobFactory(jobs)
                .listener(listener)
                .defaultProject(Workload.PROJECT)
                .threads(3)
                .pageSize(300)
                .lease(options.lease())
                .pollInterval(Duration.ofMillis(100))
                .stopGrace(Duration.ofMillis(500))
                .closeTimeout(Duration.ofSeconds(10))
                .build();
    }

    private void runBatches(BatchEngine engine) {
        List<String> ids = new ArrayList<>();
        for (PlannedBatch plan : workload.batches()) {
            CreateBatch request = CreateBatch.of(plan.directoryId(), Workload.TYPE, "cfg-" + plan.index())
                    .withOptions(plan.options())
                    .withIdempotencyKey(plan.key());
            Batch batch = untilAnswered(() -> engine.batches().create(request));
            pipe.say(new LedgerLine.Created(plan.index(), batch.id()));
            ids.add(batch.id());
            if (plan.cancelAfter() >= 0) {
                inBackground("kill-cancel-" + plan.index(), () -> cancelWhenDue(engine, plan, batch.id()));
            }
        }
        ids.forEach(id -> untilAnswered(() -> engine.batches().await(id, Duration.ofHours(1))));
        pipe.say(new LedgerLine.Done());
        over.countDown();
    }

    /** Makes some copies beside the store, until its engine is to close. */
    private void backUp(JdbcBatchStore store) {
        Path file = KillSqlite.file(options.store());
        for (int i = 0; i < BACKUPS; i++) {
            pause(BACKUP_MILLIS);
            Path copy = file.resolveSibling("copy-" + ProcessHandle.current().pid() + "-" + i + ".db");
            pipe.say(new LedgerLine.BackingUp(copy.toString()));
            try {
                store.backup(copy);
            } catch (RuntimeException failure) {
                if (over.getCount() == 0) {
                    return; // it is being closed
                }
                throw failure;
            }
            pipe.say(new LedgerLine.BackedUp(copy.toString()));
        }
    }

    private void cancelWhenDue(BatchEngine engine, PlannedBatch plan, String id) {
        while (untilAnswered(() -> engine.batches().progress(id)).counts().settled() < plan.cancelAfter()) {
            pause(2);
        }
        BatchStatus status = untilAnswered(() -> engine.batches().get(id)).status();
        if (!status.isTerminal()) {
            try {
                untilAnswered(() -> engine.batches().cancel(id));
                pipe.say(new LedgerLine.CancelAsked(plan.index(), id));
            } catch (BatchEngineException ended) {
                if (ended.code() != ErrorCode.ALREADY_TERMINAL) {
                    throw ended;
                }
            }
        }
    }

    private <T> T untilAnswered(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (BatchEngineException failure) {
                if (failure.code() != ErrorCode.STORE_UNAVAILABLE) {
                    throw failure;
                }
                pause(RETRY_MILLIS);
            }
        }
    }

    private void every(int millis, Runnable action) {
        while (true) {
            action.run();
            pause(millis);
        }
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException never) {
            throw new IllegalStateException("nobody interrupts this thread", never);
        }
    }

    private void readInput() {
        try {
            if (System.in.read() >= 0) {
                over.countDown();
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException gone) {
            Runtime.getRuntime().halt(KillChild.ORPHANED);
        }
        Runtime.getRuntime().halt(KillChild.ORPHANED);
    }

    /** A daemon thread; if it fails, and not since the engine is closed, the process ends with an exit code of its own. */
    private void inBackground(String name, Runnable action) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((which, failure) -> {
            if (!(failure instanceof BatchEngineException known && known.code() == ErrorCode.ENGINE_CLOSED)) {
                new IllegalStateException(name + " failed", failure).printStackTrace();
                Runtime.getRuntime().halt(KillChild.FAILED);
            }
        });
        thread.start();
    }
}
