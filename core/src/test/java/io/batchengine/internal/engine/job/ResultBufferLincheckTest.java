package io.batchengine.internal.engine.job;

import static io.batchengine.support.Interleavings.check;
import static io.batchengine.support.Interleavings.together;
import static java.util.Objects.requireNonNull;

import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.support.Interleavings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * Hunts a result that is lost, doubled or out of order, when the serial executor fetches results while the worker adds some and the buffer grows.
 */
@EnabledOnJre(JRE.JAVA_17)
class ResultBufferLincheckTest {
    /** As many as there is room for at first: the next one makes the buffer grow. The last of them is not fetched yet. */
    private static final int BEFORE = 16;

    /** Made once, outside of what is tried. */
    private static final SettledFile[] RESULTS = IntStream.range(0, BEFORE + 1)
            .mapToObj(i -> SettledFile.builder()
                    .ordinal(i)
                    .outcome(FileOutcome.SUCCEEDED)
                    .attempts(1)
                    .finishedAt(Instant.EPOCH)
                    .build())
            .toArray(SettledFile[]::new);

    @Test
    void each_result_is_fetched_once_in_order() {
        Interleavings.hold(() -> addWhileFetching(new Real()));
    }

    @Test
    void a_size_that_is_told_before_its_result_is_stored_loses_it() {
        Interleavings.fail(() -> addWhileFetching(new Planted(Race.SIZE_FIRST)), "null");
    }

    @Test
    void an_array_that_is_read_before_the_size_is_too_short() {
        Interleavings.fail(() -> addWhileFetching(new Planted(Race.ARRAY_FIRST)), "ArrayIndexOutOfBounds");
    }

    @Test
    void an_array_that_is_shown_before_it_is_filled_loses_results() {
        Interleavings.fail(() -> addWhileFetching(new Planted(Race.FILLED_LATER)), "null");
    }

    private static void addWhileFetching(Buffer buffer) {
        List<SettledFile> fetched = new ArrayList<>(BEFORE + 1);
        for (int i = 0; i < BEFORE; i += 4) { // one longer loop would pass for one that waits, and end what is tried
            addFour(buffer, fetched, i);
        }
        together(() -> buffer.add(RESULTS[BEFORE]), () -> buffer.drainTo(fetched));
        buffer.drainTo(fetched);
        check(fetched.size() == BEFORE + 1, "fetched " + fetched.size());
        check(fetched.get(BEFORE - 1).ordinal() == BEFORE - 1, "out of order");
        check(fetched.get(BEFORE).ordinal() == BEFORE, "out of order");
    }

    private static void addFour(Buffer buffer, List<SettledFile> fetched, int first) {
        for (int i = first; i < first + 4; i++) {
            buffer.drainTo(fetched);
            buffer.add(RESULTS[i]);
        }
    }

    private interface Buffer {
        void add(SettledFile result);

        void drainTo(List<SettledFile> target);
    }

    private static final class Real implements Buffer {
        private final ResultBuffer buffer = new ResultBuffer();

        @Override
        public void add(SettledFile result) {
            buffer.add(result);
        }

        @Override
        public void drainTo(List<SettledFile> target) {
            buffer.drainTo(target);
        }
    }

    /** As {@link ResultBuffer}, with one race. */
    private static final class Planted implements Buffer {
        private final Race race;
        private volatile @Nullable SettledFile[] items = new SettledFile[16];
        private volatile int size;
        private int taken;

        Planted(Race race) {
            this.race = race;
        }

        @Override
        public void add(SettledFile result) {
            int at = size;
            if (at == items.length) {
                grow();
            }
            if (race == Race.SIZE_FIRST) {
                size = at + 1;
            }
            items[at] = result;
            size = at + 1;
        }

        private void grow() {
            @Nullable SettledFile[] old = items;
            if (race == Race.FILLED_LATER) {
                items = new SettledFile[old.length * 2];
                System.arraycopy(old, 0, items, 0, old.length);
            } else {
                items = Arrays.copyOf(old, old.length * 2);
            }
        }

        @Override
        public void drainTo(List<SettledFile> target) {
            @Nullable SettledFile[] early = items;
            int end = size;
            @Nullable SettledFile[] from = race == Race.ARRAY_FIRST ? early : items;
            for (; taken < end; taken++) {
                target.add(requireNonNull(from[taken], "a result is null"));
            }
        }
    }

    private enum Race {
        SIZE_FIRST,
        ARRAY_FIRST,
        FILLED_LATER
    }
}
