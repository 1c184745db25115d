package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kit promises to work with JUnit 5.12: here it does, in a process that has that version and no other. */
class OldestJUnitTest {
    private static final Path OLDEST = Path.of("target", "oldest-junit");

    @Test
    void the_contract_runs_on_the_oldest_junit() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath(),
                OldestJUnit.class.getName(),
                InMemoryBatchStoreContractTest.class.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(printed).isZero();
        assertThat(printed.lines())
                .last()
                .asString()
                .as(printed)
                .matches("junit-jupiter-api-5\\.12\\.\\d+\\.jar succeeded=2\\d\\d failed=0");
    }

    /** This process's own, with the oldest JUnit in place of its own. */
    private static String classPath() throws Exception {
        List<String> entries = new ArrayList<>();
        try (Stream<Path> oldest = Files.list(OLDEST)) {
            oldest.map(Path::toString).forEach(entries::add);
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(entry).getFileName().toString();
            if (!name.startsWith("junit-") && !name.startsWith("opentest4j-") && !name.contains("surefire")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
