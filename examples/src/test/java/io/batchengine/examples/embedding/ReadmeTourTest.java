package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.JobType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTourTest {
    @Test
    void the_tour_runs(@TempDir Path parent) throws Exception {
        Path deep = Files.createDirectories(parent.resolve("inbox/deep"));
        Files.writeString(parent.resolve("inbox/a.pdf"), "a");
        Files.writeString(parent.resolve("inbox/b.pdf"), "b");
        Files.writeString(parent.resolve("inbox/not-listed.txt"), "c");
        Files.writeString(deep.resolve("empty.docx"), "");
        List<String> lines = Printed.by(ReadmeTour::main, parent);
        assertThat(lines.get(0)).matches("bat-[0-9a-f-]{36} batch.pending|[0-9]+ files done.*");
        assertThat(lines)
                .anyMatch(line -> line.endsWith(" batch.success"))
                .contains("3 results, 1 failed", "the retry is COMPLETED")
                .as("the batch, and the retry if it was quick")
                .anyMatch(line -> line.matches("[12] batch completed"))
                .anyMatch(line -> line.contains("\"status\":\"COMPLETED\"") && line.contains("dfl-deep/empty.docx"));
    }

    @Test
    void the_documents_factory_is_one_of_the_parse_type(@TempDir Path output) {
        assertThat(ReadmeTour.documents(output).types()).containsOnlyKeys(JobType.PARSE_V2);
    }

    @Test
    void the_extraction_factory_is_one_of_the_extract_type(@TempDir Path folder) {
        assertThat(ReadmeTour.extraction(folder, folder).types()).containsOnlyKeys(JobType.EXTRACT_V2);
    }
}
