package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.TestFiles;
import io.batchengine.documents.extract.ExtractJobFactory;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.testkit.FakeJobContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What extraction tells of documents that could not be read whole. */
class ExtractScanTest {
    private static final String CONFIGURATION = """
            {"type": "extract_v2", "parameters": {
              "schema": {"type": "object", "required": ["number"], "properties":
                {"number": {"type": "string"}, "day": {"type": "string"}}},
              "rules": {"number": {"labels": "Number"}, "day": {"labels": "Date", "type": "date"}}}}
            """;
    private static final String WARNING = "no text layer: 1 page is an image of 2: page 2";
    private static final String SCAN = "q 612 0 0 792 0 0 cm /Im0 Do Q";

    @TempDir
    Path folder;

    private Outcome run(byte[] document) throws Exception {
        var factory = ExtractJobFactory.of(
                DocumentParsers.tika(DocumentLimits.DEFAULT),
                Configurations.of(id -> Optional.of(CONFIGURATION)),
                OutputFolder.at(folder));
        var snapshot = factory.resolve(ResolveRequest.of(Scope.ofProject("prj-1"), JobType.EXTRACT_V2, "cfg-1"));
        return FakeJobContext.of(JobType.EXTRACT_V2, TestFiles.of("a.pdf", document))
                .withConfiguration(snapshot)
                .run(factory);
    }

    private static byte[] document(String... lines) {
        RawPdf pdf = new RawPdf();
        int image = pdf.image();
        StringBuilder text = new StringBuilder("BT /F1 12 Tf 72 720 Td 0 -30 TD ");
        for (String line : lines) {
            text.append('(').append(line).append(") Tj T* ");
        }
        pdf.page(text + "ET");
        pdf.page("/XObject<</Im0 " + image + " 0 R>>", "", SCAN);
        return pdf.bytes();
    }

    @Test
    void a_scanned_page_is_told_beside_the_result_until_it_has_text() throws Exception {
        assertThat(run(document("Number: A"))).isEqualTo(Outcome.succeeded());
        assertThat(folder.resolve("a.pdf.extract.json")).exists();
        assertThat(folder.resolve("a.pdf.extract.problems.json")).hasContent(Text.format("""
                {
                  "partial" : false,
                  "problems" : [ ],
                  "warnings" : [ "%s" ]
                }
                """, WARNING));
        assertThat(OutputFolder.at(folder).problems("a.pdf")).containsExactly(WARNING);

        assertThat(run(new RawPdf()
                        .page("BT /F1 12 Tf 72 700 Td (Number: A) Tj ET")
                        .bytes()))
                .isEqualTo(Outcome.succeeded());
        assertThat(folder.resolve("a.pdf.extract.problems.json")).doesNotExist();
        assertThat(OutputFolder.at(folder).problems("a.pdf")).isEmpty();
    }

    @Test
    void a_scanned_page_is_told_beside_problems_and_in_what_a_failed_job_leaves() throws Exception {
        assertThat(run(document("Number: A", "Date: never"))).isEqualTo(Outcome.succeeded());
        assertThat(OutputFolder.at(folder).problems("a.pdf"))
                .containsExactly(WARNING, "day: found \"never\", which is not a date");

        assertThat(run(document("Date: never"))).isInstanceOf(Outcome.Failed.class);
        assertThat(Files.readString(folder.resolve("a.pdf.extract.problems.json")))
                .contains("\"partial\" : true", "is required but was not found", WARNING);
    }

    @Test
    void a_document_without_a_text_layer_fails_as_it_does_when_parsed() throws Exception {
        RawPdf pdf = new RawPdf();
        pdf.page("/XObject<</Im0 " + pdf.image() + " 0 R>>", "", SCAN);

        assertThat(run(pdf.bytes()))
                .isEqualTo(Outcome.failed("no text layer: 1 page is an image; run OCR on the document first"));
        assertThat(folder).isEmptyDirectory();
    }
}
