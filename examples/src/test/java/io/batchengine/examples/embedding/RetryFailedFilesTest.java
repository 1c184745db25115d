package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryFailedFilesTest {
    @Test
    void only_the_failed_files_run_again(@TempDir Path inbox) throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            Files.createFile(inbox.resolve(name));
        }
        assertThat(Printed.by(RetryFailedFiles::main, inbox))
                .containsExactly(
                        "dfl-b: the service is down", "dfl-d: the service is down", "COMPLETED, 2 succeeded, 0 failed");
    }
}
