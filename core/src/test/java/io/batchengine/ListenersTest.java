package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.FailingStore;
import io.batchengine.support.FailingStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private static final JobFactory GOOD =
            TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded())));

    private final ListedDirectory directory =
            new ListedDirectory().with("dir-a", "a", "b", "c").generating("dir-big", 50_000);

    @Test
    void a_listener_that_does_not_return_is_told_while_it_lasts() {
        ManualMachine machine = new ManualMachine();
        List<List<String>> told = new ArrayList<>();
        BatchEngine[] engine = new BatchEngine[1];
        engine[0] = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(GOOD)
                .listener(new BatchListener() {
                    @Override
                    public void statusChanged(BatchEvent.StatusChanged event) {
                        if (told.isEmpty()) {
                            machine.spend(Duration.ofSeconds(30));
                            told.add(engine[0].health().problems());
                        }
                    }
                })
                .build();
        var unused = engine[0].batches().create("dir-a", TYPE, "cfg");
        machine.run();
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("a listener has not returned for 30 seconds");
        assertThat(engine[0].health().problems()).isEmpty();
    }

    @Test
    void events_come_in_order_after_their_write_and_every_settled_file_once() {
        RecordingListener events = new RecordingListener();
        List<BatchStatus> storedAtEvent = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<BatchEngine> self = new CompletableFuture<>();
        BatchListener reader = new BatchListener() {
            @Override
            public void statusChanged(BatchEvent.StatusChanged event) {
                storedAtEvent.add(
                        self.join().batches().get(event.batch().batchId()).status());
            }
        };
        String id;
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(directory)
                .jobFactory(GOOD)
                .listener(events)
                .listener(reader)
                .build()) {
            self.complete(engine);
            id = engine.batches()
                    .create(CreateBatch.of("dir-big", TYPE, "cfg").withRequestedBy("ops"))
                    .id();
            engine.batches().await(id, Duration.ofSeconds(30));
            await().until(() -> storedAtEvent.size() == 3); // a closed engine would refuse the listener's call
        }
        assertThat(events.statuses(id))
                .containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.COMPLETED);
        assertThat(events.settled(id)).hasSize(50_000).doesNotHaveDuplicates();
        List<BatchEvent> all = events.events();
        assertThat(all.get(all.size() - 1)).isInstanceOfSatisfying(BatchEvent.StatusChanged.class, last -> {
            assertThat(last.type()).isEqualTo("batch.success");
            assertThat(last.batch().requestedBy()).isEqualTo("ops");
        });
        assertThat(storedAtEvent).hasSize(3).last().isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void a_listener_is_told_the_times_that_the_store_keeps() {
        ManualMachine machine = new ManualMachine();
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        RecordingListener events = new RecordingListener();
        BatchEngine engine = machine.engine(1)
                .sourceDirectory(directory)
                .store(store)
                .listener(events)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    machine.spend(Duration.ofNanos(1_234_567));
                    return Outcome.succeeded();
                }))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        List<FileRecord> told = events.events().stream()
                .filter(BatchEvent.FilesSettled.class::isInstance)
                .flatMap(event -> ((BatchEvent.FilesSettled) event).files().stream())
                .toList();
        assertThat(told).hasSize(3).isEqualTo(store.files(FileQuery.InBatch.of(id, 0, 3, Set.of(), 3)));
    }

    @Test
    void a_batch_that_ran_elsewhere_before_its_lost_creation_was_found_has_one_end() {
        ManualMachine here = new ManualMachine();
        ManualMachine elsewhere = new ManualMachine();
        InMemoryBatchStore store = new InMemoryBatchStore(here::nanos);
        RecordingListener creatorSaw = new RecordingListener();
        RecordingListener ownerSaw = new RecordingListener();
        BatchEngine creator = here.engine(2, new Random(1))
                .sourceDirectory(directory)
                .store(new FailingStore(store, call -> {
                    if (call.equals("find")) {
                        elsewhere.advance(Duration.ofSeconds(2));
                    }
                    return call.equals("create") ? Fault.AFTER : Fault.NONE;
                }))
                .listener(creatorSaw)
                .jobFactory(GOOD)
                .build();
        elsewhere
                .engine(2, new Random(2))
                .sourceDirectory(directory)
                .store(store)
                .listener(ownerSaw)
                .jobFactory(GOOD)
                .build();
        elsewhere.run();

        Batch created = creator.batches().create("dir-a", TYPE, "cfg");
        here.advance(Duration.ofSeconds(2));
        elsewhere.advance(Duration.ofSeconds(2));
        assertThat(created.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(creatorSaw.statuses(created.id())).containsExactly(BatchStatus.PENDING);
        assertThat(ownerSaw.statuses(created.id())).containsExactly(BatchStatus.RUNNING, BatchStatus.COMPLETED);
    }

    @Test
    void a_listener_that_throws_concerns_nobody() {
        BatchListener poison = new BatchListener() {
            @Override
            public void statusChanged(BatchEvent.StatusChanged event) {
                throw new StackOverflowError();
            }

            @Override
            public void filesSettled(BatchEvent.FilesSettled event) {
                throw new IllegalStateException("no");
            }
        };
        ManualMachine machine = new ManualMachine();
        RecordingListener events = new RecordingListener();
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(GOOD)
                .listener(poison)
                .listener(events)
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(events.settled(id)).containsExactly("a", "b", "c");
    }

    @Test
    void a_listener_that_blocks_holds_up_no_batch_and_no_other_listener_and_misses_no_status() {
        CountDownLatch release = new CountDownLatch(1);
        RecordingListener behind = new RecordingListener();
        BatchListener slow = new BatchListener() {
            @Override
            public void statusChanged(BatchEvent.StatusChanged event) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                behind.statusChanged(event);
            }

            @Override
            public void filesSettled(BatchEvent.FilesSettled event) {
                behind.filesSettled(event);
            }
        };
        RecordingListener events = new RecordingListener();
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(new ListedDirectory().generating("dir-big", 20_000))
                .jobFactory(GOOD)
                .listener(slow)
                .listener(events)
                .pageSize(1)
                .environment(environment -> environment.withStepsPerTask(1))
                .build()) {
            String id = engine.batches().create("dir-big", TYPE, "cfg").id();
            engine.batches().await(id, Duration.ofSeconds(60));
            await().until(() -> events.statuses(id).contains(BatchStatus.COMPLETED));
            assertThat(events.settled(id)).hasSize(20_000);
            await().until(() -> engine.health().droppedEvents() > 0);
            release.countDown();
            await().until(() -> behind.statuses(id).size() == 3);
            assertThat(behind.settled(id)).hasSizeLessThan(20_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void subscribers_get_all_events_and_the_end() {
        ManualMachine machine = new ManualMachine();
        BatchEngine engine =
                machine.engine().sourceDirectory(directory).jobFactory(GOOD).build();
        List<String> got = new ArrayList<>();
        engine.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(BatchEvent event) {
                got.add(
                        event instanceof BatchEvent.StatusChanged changed
                                ? changed.type()
                                : event.getClass().getSimpleName());
            }

            @Override
            public void onError(Throwable failure) {
                got.add("error");
            }

            @Override
            public void onComplete() {
                got.add("complete");
            }
        });
        machine.run();
        engine.batches().create("dir-a", TYPE, "cfg");
        machine.run();
        assertThat(got).startsWith("batch.pending", "batch.running").endsWith("batch.success");
        assertThat(got).contains("FilesSettled", "Progressed");
        engine.closeAsync(Duration.ofSeconds(1));
        machine.advance(Duration.ofSeconds(1));
        assertThat(got).endsWith("batch.success", "complete");
    }
}
