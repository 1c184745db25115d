package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips one bit anywhere in a SQLite file at rest. More draws, or others: {@code batchengine.flips}, {@code batchengine.flips.from} and
 * {@code batchengine.flips.seed}.
 */
@Tag("rounds")
class SqliteBitFlipTest {
    private static final int DRAWS = Integer.getInteger("batchengine.flips", 25);
    private static final int FROM = Integer.getInteger("batchengine.flips.from", 0);
    private static final long SEED = Long.getLong("batchengine.flips.seed", 1);

    @Test
    void a_flipped_bit_is_told_and_never_served_as_truth(@TempDir Path folder) throws Exception {
        Path truth = folder.resolve("truth.db");
        BitFlipStore store = BitFlipStore.make(folder, () -> JdbcBatchStore.sqlite(truth));
        assertThat(folder.resolve("truth.db-wal")).doesNotExist();
        byte[] whole = Files.readAllBytes(truth);
        Path copy = Files.write(folder.resolve("copy.db"), whole);
        BitFlipTrial trial = new BitFlipTrial(store, () -> JdbcBatchStore.sqlite(copy));
        for (int draw = FROM; draw < FROM + DRAWS; draw++) {
            long bit = bit(draw, whole);
            Path file = folder.resolve("draw-" + draw + ".db");
            byte[] damaged = whole.clone();
            damaged[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);
            trial.run(
                    "draw " + draw + ", byte " + bit / 8 + " of " + whole.length + ", bit " + bit % 8,
                    () -> JdbcBatchStore.sqlite(file));
            delete(file);
        }
        trial.end(DRAWS + " draws of one bit in " + whole.length + " bytes of SQLite");
    }

    /** Each fourth anywhere, the others where there is something: most of a small file is empty. */
    private static long bit(int draw, byte[] whole) {
        SplittableRandom random = new SplittableRandom(SEED + draw);
        long bit = random.nextLong(8L * whole.length);
        while (draw % 4 != 0 && whole[(int) (bit / 8)] == 0) {
            bit = random.nextLong(8L * whole.length);
        }
        return bit;
    }

    private static void delete(Path file) throws IOException {
        try (var files = Files.newDirectoryStream(file.getParent(), file.getFileName() + "*")) {
            for (Path each : files) {
                Files.delete(each);
            }
        }
    }
}
