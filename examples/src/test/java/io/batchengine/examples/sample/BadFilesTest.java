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
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bad files of the sample fail their own jobs, with a message that a person understands. */
class BadFilesTest {
    private static final Path DOCUMENTS = Path.of("src/main/resources/sample/documents");
    private static final OutputFolder OUTPUT = OutputFolder.at(Path.of("target/bad-files"));
    private static final JobFactory PARSE =
            ParseJobFactory.of(DocumentParsers.tika(DocumentLimits.DEFAULT), Configurations.none(), OUTPUT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bad-truncated.pdf        | cut off
            bad-empty.txt            | empty
            bad-empty.docx           | empty
            bad-encrypted.pdf        | password
            bad-archive-named.pdf    | ZIP archive
            bad-zip-bomb.xlsx        | zip bomb
            bad-external-entity.xlsx | entities
            bad-deep-nesting.html    | nested
            """)
    void a_bad_file_fails_with_an_understandable_message(String name, String message) throws Exception {
        for (String configuration : new String[] {"cfg-PARSE_AGENTIC", "cfg-PARSE_FAST"}) {
            Files.deleteIfExists(OUTPUT.path(name, ".md"));

            Outcome outcome = DirectJob.run(PARSE, JobType.PARSE_V2, configuration, DOCUMENTS.resolve(name));

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.message()).contains(message).doesNotContain("Exception");
                assertThat(failed.retryable()).isFalse();
            });
            assertThat(OUTPUT.path(name, ".md")).doesNotExist();
        }
    }
}
