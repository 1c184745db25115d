package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloWorldTest {
    @Test
    void counts_every_file_and_tells_how_each_job_ended(@TempDir Path inbox) throws Exception {
        Files.writeString(inbox.resolve("a.txt"), "12345");
        Files.writeString(inbox.resolve("b c.txt"), "");
        List<String> lines = Printed.by(HelloWorld::main, inbox);
        assertThat(lines).hasSize(5);
        assertThat(lines.subList(0, 2)).containsExactlyInAnyOrder("dfl-a.txt has 5 bytes", "dfl-b%20c.txt has 0 bytes");
        assertThat(lines.get(2)).matches("bat-[0-9a-f-]{36} is COMPLETED");
        assertThat(lines.subList(3, 5)).allMatch(line -> line.matches("cnt-[0-9a-f-]{36} COMPLETED"));
    }
}
