package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import io.batchengine.testkit.invariant.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * A checker that never finds anything is none: each planted bug of the engine is found within some thousand seeds, and each invariant finds
 * one. What found which, and after how many seeds, stands in {@code target/planted-bugs.md} afterwards.
 */
class PlantedEngineBugsTest {
    private static final long MOST_SEEDS = Long.getLong("batchengine.planted.seeds", 15_000);
    private static final boolean FROM_ZERO = Boolean.getBoolean("batchengine.planted.from-zero");

    /** Shortly before the first seed that finds a bug which is found late. Where that moves, the hunt goes on to the next. */
    private static final Map<String, Long> FROM = Map.of(
            "a turn goes on though a limit was lowered", 6_150L,
            "what the store answers is not looked at", 3_320L,
            "a batch is written before it is read back", 2_250L,
            "a token is given back twice", 1_340L,
            "a renewal's word of cancellations is not heard", 1_150L,
            "COMPLETED is taken though a cancel request stands", 770L,
            "neither epoch nor version of a write is checked", 640L,
            "jobs start though the batch is to stop", 630L,
            "who has had most is next", 470L,
            "what was had is not counted", 470L);

    /** Before the long hunt, and for all at once: a change of a source often moves several. */
    @Test
    void the_code_of_every_planted_bug_stands_once_in_its_source() {
        SoftAssertions.assertSoftly(softly -> Stream.of(
                        PlantedEngineBug.ALL, PlantedEngineBug.OF_TROUBLED_STORES, PlantedEngineBug.OF_STALLING_STORES)
                .flatMap(List::stream)
                .forEach(bug -> softly.assertThatCode(() -> ChangedSources.sourceOf(bug))
                        .as(bug.name())
                        .doesNotThrowAnyException()));
    }

    @Test
    void every_planted_bug_is_found_and_every_invariant_finds_one() throws Exception {
        List<String> found = hunt();
        List<String> rows = new ArrayList<>(List.of("| bug | found by | after seeds |", "|---|---|---|"));
        for (int i = 0; i < found.size(); i++) {
            String[] parts = found.get(i).split(" ", 2);
            assertThat(parts)
                    .as("what finds: %s", PlantedEngineBug.ALL.get(i).name())
                    .hasSize(2);
            rows.add(Text.format("| %s | %s | %s |", PlantedEngineBug.ALL.get(i).name(), parts[0], parts[1]));
        }
        write(rows);
        assertThat(PlantedEngineBug.ALL).hasSizeGreaterThanOrEqualTo(30);
        assertThat(found.stream().map(line -> line.split(" ", 2)[0]))
                .containsAll(Arrays.stream(Invariant.values())
                        .filter(invariant -> invariant != Invariant.OWN_CHECK)
                        .map(Invariant::id)
                        .toList());
    }

    private static List<String> hunt() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Callable<String>> hunts = PlantedEngineBug.ALL.stream()
                    .<Callable<String>>map(bug -> () -> hunt(bug))
                    .toList();
            List<String> found = new ArrayList<>();
            for (Future<String> hunt : pool.invokeAll(hunts)) {
                found.add(hunt.get());
            }
            return found;
        } finally {
            pool.shutdownNow();
        }
    }

    private static String hunt(PlantedEngineBug bug) throws ReflectiveOperationException {
        return (String) ChangedSources.with(bug)
                .loadClass(Hunt.class.getName())
                .getMethod("first", long.class, long.class)
                .invoke(null, FROM_ZERO ? 0L : FROM.getOrDefault(bug.name(), 0L), MOST_SEEDS);
    }

    private static void write(List<String> rows) throws IOException {
        Path target = Path.of("target");
        Files.createDirectories(target);
        Files.write(target.resolve("planted-bugs.md"), rows);
    }
}
