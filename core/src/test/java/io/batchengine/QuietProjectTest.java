package io.batchengine;

import static io.batchengine.support.Load.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Batch;
import io.batchengine.support.Load;
import io.batchengine.support.Load.Kind;
import io.batchengine.support.Load.Start;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a few files wait beside very many. */
class QuietProjectTest {
    private static final Duration TEN_MILLIS = Duration.ofMillis(10);

    @ParameterizedTest
    @CsvSource({"BLOCKING, 1", "BLOCKING, 2", "BLOCKING, 8", "ASYNCHRONOUS, 2"})
    void ten_files_beside_a_million_take_twice_their_time_alone_and_a_job_at_the_most(Kind kind, int workers) {
        long alone = nanosForTen(kind, workers, false);
        long beside = nanosForTen(kind, workers, true);
        assertThat(beside).isLessThanOrEqualTo(2 * alone + TEN_MILLIS.toNanos());
    }

    private static long nanosForTen(Kind kind, int workers, boolean crowded) {
        ManualMachine machine = new ManualMachine();
        Load load = new Load(machine, kind).taking(TEN_MILLIS);
        BatchEngine engine = load.engine(workers).maxInFlight(8).build();
        if (crowded) {
            engine.batches("prj-floods").create("1000000", TYPE, "cfg");
            machine.advance(Duration.ofSeconds(1).plusNanos(3_333));
        }
        long begin = machine.nanos();
        Batches batches = engine.batches("prj-quiet");
        String id = batches.create("10", TYPE, "cfg").id();
        machine.advanceUntil(() -> batches.get(id).status().isTerminal());
        return machine.nanos() - begin;
    }

    @Test
    void a_quiet_one_of_a_thousand_projects_waits_at_p99_no_more_than_twice_as_long_beside_a_flood() {
        long alone = p99(false);
        long beside = p99(true);
        assertThat(beside).isLessThanOrEqualTo(2 * alone);
    }

    /** Of the times from creation to the end of the job, of batches of one file that 999 projects create at random. */
    private static long p99(boolean flooded) {
        ManualMachine machine = new ManualMachine();
        Load load = new Load(machine, Kind.BLOCKING).taking(TEN_MILLIS);
        BatchEngine engine = load.engine(8).build();
        if (flooded) {
            engine.batches("prj-floods").create("1000000", TYPE, "cfg");
        }
        machine.advance(Duration.ofSeconds(1).plusNanos(3_333));
        load.starts().clear();
        Random random = new Random(5);
        Map<String, Long> created = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            Batch batch = engine.batches("prj-" + random.nextInt(999)).create("1", TYPE, "cfg");
            created.put(batch.id(), machine.nanos());
            machine.advance(Duration.ofNanos((long) (2.5e6 * -Math.log(1 - random.nextDouble()))));
        }
        machine.advance(Duration.ofSeconds(1));
        List<Long> waits = new ArrayList<>();
        for (Start start : load.starts()) {
            Long since = created.get(start.batch());
            if (since != null) {
                waits.add(start.nanos() + TEN_MILLIS.toNanos() - since);
            }
        }
        assertThat(waits).hasSize(3_000);
        waits.sort(null);
        return waits.get(waits.size() * 99 / 100);
    }
}
