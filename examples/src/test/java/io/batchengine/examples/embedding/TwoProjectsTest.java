package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TwoProjectsTest {
    @Test
    void ten_files_pass_the_flood_which_tells_why_it_waits_and_then_goes_on() throws Exception {
        List<String> lines = Printed.by(TwoProjects::main);

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).matches("ten files of the shop took \\d+ ms");
        assertThat(lines.get(1)).matches("ten urgent files of the import took \\d+ ms");
        assertThat(lines.get(2))
                .as("beside the flood")
                .matches("the flood is RUNNING: \\d{2,3} of 1000 files are done");
        assertThat(lines.get(3))
                .matches("it is THROTTLED by PROJECT_RATE_LIMIT: project \"prj-import\" may start 0.2 jobs in a second,"
                        + " until \\S+Z");
        assertThat(lines.get(4)).isEqualTo("the flood is COMPLETED: 1000 of 1000 files are done");
    }
}
