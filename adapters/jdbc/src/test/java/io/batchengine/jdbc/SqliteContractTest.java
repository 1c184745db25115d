package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.BatchStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite; engines can't share a file. */
class SqliteContractTest extends BatchStoreContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int opened;

    @Override
    protected BatchStore openStore(LongSupplier ticker) {
        opened++;
        return JdbcBatchStore.sqlite(file(), ticker);
    }

    @Override
    protected Optional<BatchStore> reopenStore(LongSupplier ticker) {
        return Optional.of(JdbcBatchStore.sqlite(file(), ticker));
    }

    /** The files of this test's folder that this process still has open. */
    @Override
    protected List<String> openHandles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(SqliteContractTest::target)
                    .filter(target -> target.startsWith(folder.toString()))
                    .toList();
        }
    }

    private Path file() {
        assertThat(opened).isPositive();
        return folder.resolve("batches-" + opened + ".db");
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
