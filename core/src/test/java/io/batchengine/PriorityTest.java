package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchOptions;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In which order an engine takes up the batches of a project that wait in the store. */
class PriorityTest {
    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final List<String> started = new ArrayList<>();

    @Test
    void of_those_created_together_the_higher_comes_first_then_the_older() {
        ManualMachine.Simulated creator = machine.process();
        BatchEngine first = engine(creator);
        List<String> ids = Stream.of(5, 1, 9, 5, 9)
                .map(priority -> {
                    machine.jumpClock(
                            Duration.ofMillis(1)); // those of one time are ordered by their ids, which are drawn
                    return create(first, priority);
                })
                .toList();
        creator.kill(); // before it has claimed anything
        engine(machine.process());
        machine.run();
        assertThat(started).containsExactly(ids.get(2), ids.get(4), ids.get(0), ids.get(3), ids.get(1));
    }

    @Test
    void a_step_up_counts_as_ten_minutes_of_waiting() {
        ManualMachine.Simulated creator = machine.process();
        BatchEngine first = engine(creator);
        String low = create(first, 4);
        machine.jumpClock(Duration.ofSeconds(599));
        String withinTen = create(first, 5);
        machine.jumpClock(Duration.ofSeconds(2));
        String afterTen = create(first, 5);
        machine.jumpClock(Duration.ofSeconds(2_397));
        String withinFifty = create(first, 9);
        creator.kill(); // before it has claimed anything
        engine(machine.process());
        machine.run();
        assertThat(started).containsExactly(withinFifty, withinTen, low, afterTen);
    }

    private static String create(BatchEngine engine, int priority) {
        return engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withPriority(priority)))
                .id();
    }

    private BatchEngine engine(ManualMachine.Simulated process) {
        return process.engine(1)
                .sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                .store(store)
                .jobFactory(TestFactories.creating(request -> {
                    started.add(request.batchId());
                    return JobCreation.created(Job.blocking(job -> Outcome.succeeded()));
                }))
                .build();
    }
}
