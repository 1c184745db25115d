package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Ids;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.StoredBatch;
import io.batchengine.support.ManualMachine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees all that happens in a random run, and says at once or at its end what must not be. */
final class RandomRunWatch {
    private final ManualMachine machine;
    private final BatchStore store;
    private final boolean faults;
    private final List<String> trace = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, List<BatchEvent.StatusChanged>> statuses = new HashMap<>();
    private final Map<String, List<FileRecord>> settled = new HashMap<>();
    private final Map<String, Integer> startedBy =
            new HashMap<>(); // batch and epoch to the engine that starts its jobs
    private final Set<String> forbidden = new HashSet<>(); // batch and epoch whose owner knows of a cancel request

    private record Running(int engine, JobContext job) {}

    private final Map<String, Running> running = new HashMap<>();
    private final Map<String, Integer> successes = new HashMap<>();

    RandomRunWatch(ManualMachine machine, BatchStore store, boolean faults) {
        this.machine = machine;
        this.store = store;
        this.faults = faults;
    }

    void note(String what) {
        trace.add(machine.nanos() + " " + what);
    }

    List<String> trace() {
        return trace;
    }

    void cancelled(int engine, String id) {
        note("cancel " + id + " by " + engine);
        String batchAndEpoch = id + "/" + batch(id).state().epoch();
        if (Integer.valueOf(engine).equals(startedBy.get(batchAndEpoch))) {
            forbidden.add(batchAndEpoch);
        }
    }

    /** A job is to be created: from here on the file counts as started. */
    void asked(int engine, JobRequest request) {
        note("ask %d %s/%d #%d".formatted(engine, request.batchId(), request.ordinal(), request.attempt()));
        String batchAndEpoch = request.batchId() + "/" + request.epoch();
        StoredBatch batch = batch(request.batchId());
        StoredBatch.State state = batch.state();
        refuseIf(forbidden.contains(batchAndEpoch), "start after a cancel was seen: " + request.proposedJobId());
        refuseIf(
                state.epoch() != request.epoch(),
                "start in epoch %d of %s, whose epoch is %d"
                        .formatted(request.epoch(), request.batchId(), state.epoch()));
        refuseIf(state.status().isTerminal(), "start in a terminal batch");
        refuseIf(request.attempt() > batch.request().options().retry().maxAttempts(), "attempt " + request.attempt());
        Integer other = startedBy.putIfAbsent(batchAndEpoch, engine);
        refuseIf(other != null && other != engine, "two engines in one epoch");
    }

    void started(int engine, JobContext context) {
        note("start %d %s".formatted(engine, context.jobId()));
        Running other = running.put(context.proposedJobId(), new Running(engine, context));
        refuseIf(other != null && !other.job.isStopRequested(), "runs twice at a time: " + context.proposedJobId());
    }

    void ended(JobContext context) {
        note("end " + context.jobId());
        running.values().removeIf(one -> one.job == context);
    }

    /** What ran in it runs no more. */
    void killed(int engine) {
        note("killed " + engine);
        running.values().removeIf(one -> one.engine == engine);
    }

    void succeeds(JobContext context) {
        successes.merge(context.proposedJobId(), 1, Integer::sum);
    }

    BatchListener listener(int engine) {
        return new BatchListener() {
            @Override
            public void statusChanged(BatchEvent.StatusChanged event) {
                note("%d %s %s %s".formatted(engine, event.batch().batchId(), event.type(), event.at()));
                statuses.computeIfAbsent(event.batch().batchId(), id -> new ArrayList<>())
                        .add(event);
            }

            @Override
            public void filesSettled(BatchEvent.FilesSettled event) {
                event.files().forEach(file -> note("settled %s/%d".formatted(file.batchId(), file.ordinal())));
                settled.computeIfAbsent(event.batch().batchId(), id -> new ArrayList<>())
                        .addAll(event.files());
            }

            @Override
            public void progressed(BatchEvent.Progressed event) {
                FileCounts counts = event.progress().counts();
                refuseIf(counts.settled() > counts.listed(), "more settled than listed: " + counts);
                refuseIf(
                        event.progress().status() == BatchStatus.COMPLETED && counts.settled() != counts.listed(),
                        "completed with " + counts);
            }
        };
    }

    /** At the end of a batch: what is recorded of files fits to what was run and told. */
    void checkFiles(StoredBatch batch, List<FileRecord> files) {
        for (FileRecord file : files) {
            if (file.settled() != null && !wasKiller(file.settled())) {
                refuseIf(
                        file.settled().attempts()
                                > batch.request().options().retry().maxAttempts(),
                        "recorded attempts " + file);
                String job = Ids.proposedJobId("tst-", batch.id(), file.ordinal());
                int times = successes.getOrDefault(job, 0);
                refuseIf(file.settled().outcome() == FileOutcome.SUCCEEDED && times == 0, "no success ran for " + file);
            }
        }
        List<FileRecord> told = settled.getOrDefault(batch.id(), List.of());
        assertThat(told).extracting(FileRecord::ordinal).doesNotHaveDuplicates();
        if (!faults) {
            assertThat(told)
                    .extracting(FileRecord::fileId)
                    .containsExactlyInAnyOrderElementsOf(files.stream()
                            .filter(file -> file.settled() != null)
                            .map(FileRecord::fileId)
                            .toList());
        }
    }

    /** A file that was unlucky three times is held to be one that kills its engine. */
    private static boolean wasKiller(SettledFile file) {
        return file.message() != null && file.message().contains("engine was lost");
    }

    void checkEvents() {
        assertThat(wrong).isEmpty();
        statuses.forEach((id, unordered) -> {
            List<BatchEvent.StatusChanged> events = unordered.stream()
                    .sorted(Comparator.comparing(BatchEvent.StatusChanged::at))
                    .toList();
            if (!faults) {
                assertThat(events.get(0).status()).isEqualTo(BatchStatus.PENDING);
                assertThat(events.get(events.size() - 1).status())
                        .isEqualTo(batch(id).state().status());
            }
            for (int i = 1; i < events.size(); i++) {
                BatchStatus from = events.get(i - 1).status();
                BatchStatus to = events.get(i).status();
                // With faults an event may be missing; none comes twice and none follows the end.
                boolean legal = faults ? !from.isTerminal() && to != BatchStatus.PENDING : from.canMoveTo(to);
                assertThat(legal).as("%s: %s to %s", id, from, to).isTrue();
                assertThat(events.get(i).at()).isAfter(events.get(i - 1).at());
            }
        });
    }

    private StoredBatch batch(String id) {
        return store.find(new BatchKey.ById("prj-default", id)).orElseThrow();
    }

    private void refuseIf(boolean bad, String what) {
        if (bad) {
            note("WRONG " + what);
            wrong.add(what);
        }
    }
}
