package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.TestFiles;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SourceFile;
import io.batchengine.testkit.FakeJobContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseJobFactoryTest {
    private static final Scope SCOPE = Scope.ofProject("prj-1");
    private static final String PAGE =
            "<html><head><title>Report</title></head><body><h1>Title</h1><p>Some <b>bold</b> text</p></body></html>";

    @TempDir
    private Path folder;

    private final Map<String, String> saved = new HashMap<>();

    private ParseJobFactory factory() {
        return ParseJobFactory.of(
                DocumentParsers.tika(DocumentLimits.DEFAULT),
                Configurations.of(id -> Optional.ofNullable(saved.get(id))),
                OutputFolder.at(folder));
    }

    private String snapshot(String id) {
        return factory().resolve(ResolveRequest.of(SCOPE, JobType.PARSE_V2, id)).text();
    }

    private Outcome run(String configuration, SourceFile file) throws Exception {
        var context = FakeJobContext.of(JobType.PARSE_V2, file)
                .withConfiguration(factory().resolve(ResolveRequest.of(SCOPE, JobType.PARSE_V2, configuration)));
        return run(context);
    }

    private Outcome run(FakeJobContext context) throws Exception {
        Outcome outcome = context.run(factory());
        assertThat(context.jobId()).isEqualTo(context.proposedJobId());
        return outcome;
    }

    @Test
    void it_serves_parse_jobs() {
        assertThat(factory().types()).containsExactly(Map.entry(JobType.PARSE_V2, "pjb-"));
        assertThat(ParseJobFactory.presets()).containsOnlyKeys("cfg-PARSE_AGENTIC", "cfg-PARSE_FAST");
    }

    @Test
    void a_write_that_fails_once_the_job_should_stop_is_no_failure() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "in the way");
        ParseJobFactory factory = ParseJobFactory.of(
                (file, mode, stop) -> new ParsedDocument("text", Map.of()),
                Configurations.none(),
                OutputFolder.at(noFolder));
        var context = FakeJobContext.of(JobType.PARSE_V2, TestFiles.of("a.txt", "text"))
                .withConfiguration(factory.resolve(ResolveRequest.of(SCOPE, JobType.PARSE_V2, ParseJobFactory.FAST)));
        assertThat(context.run(factory)).isInstanceOf(Outcome.Failed.class);
        context.requestStopAfter(1);
        assertThat(context.run(factory)).isEqualTo(Outcome.stopped());
    }

    @Test
    void a_preset_is_of_its_own_job_type() {
        assertThatExceptionOfType(BatchEngineException.class)
                .isThrownBy(() -> factory().resolve(ResolveRequest.of(SCOPE, JobType.EXTRACT_V2, ParseJobFactory.FAST)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_JOB_TYPE));
    }

    @Test
    void the_agentic_preset_writes_layout_and_metadata() throws Exception {
        assertThat(run("cfg-PARSE_AGENTIC", TestFiles.of("a/b.html", PAGE))).isEqualTo(Outcome.succeeded());

        assertThat(folder.resolve("a/b.html.md")).hasContent("# Title\n\nSome **bold** text\n");
        assertThat(Files.readString(folder.resolve("a/b.html.meta.json")))
                .contains("\"dc:title\" : \"Report\"")
                .doesNotContain("X-TIKA")
                .endsWith("}\n");
    }

    @Test
    void the_fast_preset_writes_text_alone() throws Exception {
        assertThat(run("cfg-PARSE_FAST", TestFiles.of("b.html", PAGE))).isEqualTo(Outcome.succeeded());

        assertThat(folder.resolve("b.html.md")).hasContent("Title\n\nSome bold text\n");
        assertThat(folder.resolve("b.html.meta.json")).doesNotExist();
    }

    @Test
    void warnings_are_written_by_both_presets() throws Exception {
        RawPdf pdf = new RawPdf();
        int image = pdf.image();
        pdf.page("BT /F1 12 Tf 72 700 Td (Some text) Tj ET")
                .page("/XObject<</I " + image + " 0 R>>", "", "612 0 0 792 0 0 cm /I Do");
        String warning = "\"warnings\" : [ \"no text layer: 1 page is an image of 2: page 2\" ]";

        assertThat(run("cfg-PARSE_AGENTIC", TestFiles.of("a.pdf", pdf.bytes()))).isEqualTo(Outcome.succeeded());
        assertThat(run("cfg-PARSE_FAST", TestFiles.of("b.pdf", pdf.bytes()))).isEqualTo(Outcome.succeeded());

        assertThat(Files.readString(folder.resolve("a.pdf.meta.json"))).contains(warning, "xmpTPg:NPages");
        assertThat(Files.readString(folder.resolve("b.pdf.meta.json")))
                .contains(warning)
                .doesNotContain("NPages");
    }

    @Test
    void metadata_of_an_earlier_run_goes_where_there_is_nothing_to_tell() throws Exception {
        RawPdf pdf = new RawPdf();
        int image = pdf.image();
        pdf.page("BT /F1 12 Tf 72 700 Td (Some text) Tj ET")
                .page("/XObject<</I " + image + " 0 R>>", "", "612 0 0 792 0 0 cm /I Do");
        OutputFolder outputs = OutputFolder.at(folder);

        assertThat(run("cfg-PARSE_AGENTIC", TestFiles.of("a.pdf", pdf.bytes()))).isEqualTo(Outcome.succeeded());
        assertThat(outputs.warnings("a.pdf")).hasSize(1);
        byte[] whole = new RawPdf().page("BT /F1 12 Tf 72 700 Td (OCR) Tj ET").bytes();
        assertThat(run("cfg-PARSE_FAST", TestFiles.of("a.pdf", whole))).isEqualTo(Outcome.succeeded());

        assertThat(outputs.warnings("a.pdf")).isEmpty();
        assertThat(folder.resolve("a.pdf.meta.json")).doesNotExist();
        assertThat(folder.resolve("a.pdf.md")).hasContent("OCR\n");
    }

    @Test
    void a_saved_configuration_becomes_a_canonical_snapshot() {
        saved.put(
                "a",
                "{\"type\":\"parse_v2\",\"parameters\":{\"limits\":{\"max_depth\":9,\"max_time_seconds\":3},\"mode\":\"text\"}}");
        saved.put(
                "b",
                "{\"parameters\":{\"metadata\":true, \"mode\":\"text\", \"limits\":{\"max_time_seconds\":3,\"max_depth\":9}},\"type\":\"parse_v2\"}");
        saved.put("c", "{\"type\":\"parse_v2\"}");

        assertThat(snapshot("a"))
                .isEqualTo(snapshot("b"))
                .isEqualTo("{\"limits\":{\"max_depth\":9,\"max_time_seconds\":3},\"metadata\":true,\"mode\":\"text\"}");
        assertThat(snapshot("c"))
                .isEqualTo(snapshot("cfg-PARSE_AGENTIC"))
                .isEqualTo("{\"metadata\":true,\"mode\":\"layout\"}");
    }

    @Test
    void a_configuration_lowers_limits_and_never_raises_them() {
        saved.put(
                "low", "{\"type\":\"parse_v2\",\"parameters\":{\"limits\":{\"max_depth\":9,\"max_time_seconds\":3}}}");
        saved.put(
                "high",
                "{\"type\":\"parse_v2\",\"parameters\":{\"limits\":{\"max_depth\":99999999,\"max_time_seconds\":99999999}}}");

        assertThat(ParseParameters.ofSnapshot(snapshot("high")).lower(DocumentLimits.DEFAULT))
                .isEqualTo(DocumentLimits.DEFAULT);
        DocumentLimits low = ParseParameters.ofSnapshot(snapshot("low")).lower(DocumentLimits.DEFAULT);
        assertThat(low.maxDepth()).isEqualTo(9);
        assertThat(low.maxTime()).hasSeconds(3);
        assertThat(low.maxInputBytes()).isEqualTo(DocumentLimits.DEFAULT.maxInputBytes());
    }

    @Test
    void the_limits_of_the_snapshot_hold() throws Exception {
        saved.put("low", "{\"type\":\"parse_v2\",\"parameters\":{\"limits\":{\"max_output_characters\":10}}}");

        assertThat(run("low", TestFiles.of("b.html", PAGE)))
                .isEqualTo(Outcome.failed("the document's text is longer than the limit of 10 characters"));
        assertThat(folder.resolve("b.html.md")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {"type":"extract_v2"}                                       | CONFIGURATION_TYPE_MISMATCH | extract_v2
            -                                                           | CONFIGURATION_NOT_FOUND     | cfg-PARSE_AGENTIC, cfg-PARSE_FAST
            {"type":"parse_v2","parameters":{"mod":"text"}}             | CONFIGURATION_INVALID       | unknown parameter "mod"; known: limits, metadata, mode
            {"type":"parse_v2","parameters":{"mode":"fancy"}}           | CONFIGURATION_INVALID       | "fancy"
            {"type":"parse_v2","parameters":{"mode":1}}                 | CONFIGURATION_INVALID       | mode 1
            {"type":"parse_v2","parameters":{"metadata":"yes"}}         | CONFIGURATION_INVALID       | metadata
            {"type":"parse_v2","parameters":{"limits":{"depth":1}}}     | CONFIGURATION_INVALID       | unknown limit "depth"
            {"type":"parse_v2","parameters":{"limits":{"max_depth":0}}} | CONFIGURATION_INVALID       | max_depth
            {"type":"parse_v2","parameters":[]}                         | CONFIGURATION_INVALID       | JSON object
            {"type":"parse_v2","more":1}                                | CONFIGURATION_INVALID       | unknown field "more"
            {"parameters":{}}                                           | CONFIGURATION_INVALID       | type
            []                                                          | CONFIGURATION_INVALID       | JSON object
            {"type":"parse_v2","type":"parse_v2"}                       | CONFIGURATION_INVALID       | line 1, column
            {"type":"parse_v2"} x                                       | CONFIGURATION_INVALID       | line 1, column
            {"type":                                                    | CONFIGURATION_INVALID       | line 1, column
            """)
    void a_configuration_that_can_not_be_used_is_refused(String json, ErrorCode code, String fault) {
        saved.put("cfg-x", json);

        assertThatExceptionOfType(BatchEngineException.class)
                .isThrownBy(() -> snapshot("cfg-x"))
                .withMessageContainingAll("\"cfg-x\"", fault)
                .extracting(BatchEngineException::code)
                .isEqualTo(code);
    }

    @Test
    void deep_json_is_refused() {
        saved.put("deep", "{\"type\":\"parse_v2\",\"parameters\":" + "[".repeat(100_000));
        saved.put("empty", "  ");

        assertThatExceptionOfType(BatchEngineException.class)
                .isThrownBy(() -> snapshot("deep"))
                .withMessageContaining("nesting depth");
        assertThatExceptionOfType(BatchEngineException.class)
                .isThrownBy(() -> snapshot("empty"))
                .withMessageContaining("empty");
    }

    @Test
    void a_document_at_fault_fails_for_good_and_a_source_that_can_not_be_read_retryably() throws Exception {
        assertThat(run("cfg-PARSE_FAST", TestFiles.of("a.txt", ""))).isEqualTo(Outcome.failed("the file is empty"));
        assertThat(run("cfg-PARSE_FAST", TestFiles.broken("a.txt", "disk on fire")))
                .isEqualTo(Outcome.failedRetryably("the file can't be read: IOException: disk on fire"));
    }

    @Test
    void an_output_that_can_not_be_written_fails_retryably() throws Exception {
        Files.createDirectories(folder.resolve("a.txt.md"));

        assertThat(run("cfg-PARSE_FAST", TestFiles.of("a.txt", "text")))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.retryable()).isTrue();
                    assertThat(failed.message()).contains("a.txt.md");
                });
    }

    @Test
    void a_stop_request_stops_it_and_nothing_is_written() throws Exception {
        var context = FakeJobContext.of(JobType.PARSE_V2, TestFiles.of("a.html", PAGE))
                .withConfiguration(factory().resolve(ResolveRequest.of(SCOPE, JobType.PARSE_V2, ParseJobFactory.FAST)));
        context.requestStopAfter(0);
        assertThat(run(context)).isEqualTo(Outcome.stopped());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void an_interrupt_ends_it_too() throws Exception {
        assertThat(snapshot("cfg-PARSE_FAST"))
                .isNotEmpty(); // Tika's types are loaded once, which an interrupt would end
        Thread.currentThread().interrupt();
        try {
            assertThat(run("cfg-PARSE_FAST", TestFiles.of("a.html", PAGE)))
                    .isEqualTo(Outcome.failedRetryably("reading the document was interrupted"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }
}
