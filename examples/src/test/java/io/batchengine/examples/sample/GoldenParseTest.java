package io.batchengine.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.parse.DocumentParsers;
import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What parsing makes of the sample. The golden files were read by a person; the outputs stay in {@code target/golden-parse}, so that a
 * difference can be seen and, if it is better, be taken over.
 */
class GoldenParseTest {
    private static final Path DOCUMENTS = Path.of("src/main/resources/sample/documents");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/parse");
    private static final OutputFolder OUTPUT = OutputFolder.at(Path.of("target/golden-parse"));
    private static final JobFactory PARSE =
            ParseJobFactory.of(DocumentParsers.tika(DocumentLimits.DEFAULT), Configurations.none(), OUTPUT);

    static List<String> goodDocuments() throws IOException {
        return SampleData.names().stream()
                .filter(name -> !name.startsWith("bad-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("goodDocuments")
    void a_good_document_becomes_the_markdown_that_a_person_would_write(String name) throws Exception {
        Outcome outcome = DirectJob.run(PARSE, JobType.PARSE_V2, "cfg-PARSE_AGENTIC", DOCUMENTS.resolve(name));

        assertThat(outcome).isEqualTo(Outcome.succeeded());
        assertThat(OUTPUT.path(name, ".md")).hasSameTextualContentAs(GOLDEN.resolve(name + ".md"));
        assertThat(OUTPUT.path(name, ".meta.json")).isNotEmptyFile();
    }

    /** The golden files might all be wrong in the same way; this one is compared with the document that was written. */
    @ParameterizedTest
    @ValueSource(strings = {"pdf", "docx", "html", "rtf", "md"})
    void the_report_comes_back_from_every_format_as_it_was_written(String format) throws Exception {
        String name = "report-quarterly." + format;
        DirectJob.run(PARSE, JobType.PARSE_V2, "cfg-PARSE_AGENTIC", DOCUMENTS.resolve(name));

        assertThat(OUTPUT.path(name, ".md")).hasBinaryContent(new MarkdownWriter().write(Reports.quarterly()));
    }

    @Test
    void every_golden_file_belongs_to_a_document() throws IOException {
        List<String> expected =
                goodDocuments().stream().map(name -> name + ".md").toList();

        try (var files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
                    .isEqualTo(expected);
        }
    }
}
