package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.TestFiles;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SourceFile;
import io.batchengine.testkit.FakeJobContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExtractJobTest {
    private static final String SCHEMA = """
            'schema':{'type':'object','required':['number','total'],'additionalProperties':false,'properties':{
              'number':{'type':'string','pattern':'^[A-Z]','maxLength':9},
              'total':{'type':'number','minimum':0},
              'day':{'type':'string','format':'date'},
              'items':{'type':'array','maxItems':2,'items':{'type':'object','required':['price'],
                'properties':{'what':{'type':'string'},'price':{'type':'number'}}}}}}
            """;
    private static final String RULES = """
            'rules':{
              'items':{'table':{'columns':{'price':{'headers':'Price','type':'amount'},'what':{'headers':'What'}}}},
              'day':{'labels':'Date','type':'date'},
              'total':{'labels':'Total','type':'amount'},
              'number':{'labels':'Number'}}
            """;
    /** Takes the file's content for Markdown. */
    private static final DocumentParser PLAIN = (file, mode, stop) -> {
        assertThat(mode).isEqualTo(ParseMode.LAYOUT);
        try (var in = file.open()) {
            return new ParsedDocument(new String(in.readAllBytes(), StandardCharsets.UTF_8), Map.of());
        } catch (IOException e) {
            throw DocumentException.unreadable("the document can't be read", e);
        }
    };

    private final Path folder = Jimfs.newFileSystem(Configuration.unix()).getPath("/out");

    private Outcome run(DocumentParser parser, Extractor extractor, SourceFile file, boolean stop) throws Exception {
        String text = ("{'type':'extract_v2','parameters':{" + SCHEMA + "," + RULES + "}}").replace('\'', '"');
        var factory = ExtractJobFactory.of(
                parser, extractor, Configurations.of(id -> Optional.of(text)), OutputFolder.at(folder));
        ConfigurationSnapshot snapshot =
                factory.resolve(ResolveRequest.of(Scope.ofProject("prj-1"), JobType.EXTRACT_V2, "cfg-1"));
        var context = FakeJobContext.of(JobType.EXTRACT_V2, file).withConfiguration(snapshot);
        if (stop) {
            context.requestStopAfter(0); // the job looks for it; its thread is not interrupted
        }
        return context.run(factory);
    }

    private Outcome run(String markdown) throws Exception {
        return run(PLAIN, Extractor.rules(), TestFiles.of("in/a.md", markdown), false);
    }

    private Outcome answer(String json) throws Exception {
        return run(PLAIN, request -> Extraction.of(json), TestFiles.of("a.md", ""), false);
    }

    private List<String> written() {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_valid_result_is_written_in_the_schemas_order() throws Exception {
        assertThat(
                        run(
                                "Total: 1.234,50 €\nNumber: A-1\nDate: 5. März 2026\n\n| What | Price |\n|---|---|\n| Jam | 2.50 |\n"))
                .isEqualTo(Outcome.succeeded());
        assertThat(written()).containsExactly("in/a.md.extract.json");
        assertThat(folder.resolve("in/a.md.extract.json")).hasContent("""
                        {
                          "number" : "A-1",
                          "total" : 1234.50,
                          "day" : "2026-03-05",
                          "items" : [ {
                            "what" : "Jam",
                            "price" : 2.50
                          } ]
                        }
                        """);
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("", "number: is required but was not found; total: is required but was not found"),
                Arguments.of("Number: A\nTotal: soon", "total: is required; found \"soon\", which is not an amount"),
                Arguments.of("Number: A\nTotal: -1", "total: -1 is below 0"),
                Arguments.of("Number: a\nTotal: 1", "number: \"a\" does not match the pattern ^[A-Z]"),
                Arguments.of("Number: ABCDEFGHIJ\nTotal: 1", "number: \"ABCDEFGHIJ\" is longer than 9 characters"),
                Arguments.of(
                        "Number: A\nDate: never",
                        "total: is required but was not found; day: found \"never\", which is not a date"),
                Arguments.of(
                        "Number: A\nTotal: 1\n\n| What | Price |\n|---|---|\n| Jam | 1 |\n| Tea | ? |",
                        "items[1].price: is required; found \"?\", which is not an amount"),
                Arguments.of(
                        "Number: A\nTotal: 1\n\n| What | Price |\n|---|---|\n| Jam | 1 |\n| Tea | 2 |\n| Rum | 3 |",
                        "items: has more than 2 entries"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void a_result_that_does_not_validate_fails_the_job_with_the_reasons(String markdown, String message)
            throws Exception {
        assertThat(run(markdown)).isEqualTo(Outcome.failed(message));
        assertThat(written()).containsExactly("in/a.md.extract.problems.json");
    }

    @Test
    void a_failed_job_writes_what_it_found_and_why_the_rest_is_missing() throws Exception {
        assertThat(run("Number: A\nDate: never\n\n| What | Price |\n|---|---|\n| Jam | 1.204 |\n"))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(folder.resolve("in/a.md.extract.problems.json")).hasContent("""
                        {
                          "partial" : true,
                          "problems" : [ {
                            "property" : "items[0].price",
                            "problem" : "is required; found \\"1.204\\", which may be 1.204 or 1204: nothing in the document tells, so set decimal"
                          }, {
                            "property" : "total",
                            "problem" : "is required but was not found"
                          }, {
                            "property" : "day",
                            "problem" : "found \\"never\\", which is not a date"
                          } ],
                          "found" : {
                            "number" : "A",
                            "items" : [ {
                              "what" : "Jam"
                            } ]
                          }
                        }
                        """);
    }

    @Test
    void what_a_valid_result_lacks_is_told_beside_it_until_it_lacks_nothing() throws Exception {
        assertThat(run("Number: A\nTotal: 1\nDate: 03/05/2026")).isEqualTo(Outcome.succeeded());
        assertThat(folder.resolve("in/a.md.extract.json")).content().doesNotContain("day");
        assertThat(folder.resolve("in/a.md.extract.problems.json"))
                .content()
                .contains("\"partial\" : false", "\"property\" : \"day\"", "set date_order")
                .doesNotContain("found\" :");

        assertThat(run("Number: A\nTotal: 1\nDate: 13/05/2026")).isEqualTo(Outcome.succeeded());
        assertThat(written()).containsExactly("in/a.md.extract.json");
    }

    @Test
    void what_can_not_be_read_and_is_not_required_is_left_out() throws Exception {
        assertThat(run("Number: A\nTotal: 1\nDate: never")).isEqualTo(Outcome.succeeded());
        assertThat(folder.resolve("in/a.md.extract.json")).content().doesNotContain("day");
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                Arguments.of("", "the extractor's answer is empty"),
                Arguments.of("no", "the extractor's answer is not valid JSON at line 1, column "),
                Arguments.of("{\"number\":\"A\",\"number\":\"B\"}", "the extractor's answer is not valid JSON"),
                Arguments.of("[]", "the result: the list is not of the type object"),
                Arguments.of(
                        "{\"number\":5,\"total\":\"1\"}",
                        "number: 5 is not of the type string; total: \"1\" is not of the type number"),
                Arguments.of(
                        "{\"number\":\"A\",\"total\":1,\"extra\\u001b\":1}",
                        "extra\\u001b: is not a property of the schema"),
                Arguments.of(
                        "{\"number\":\"A\",\"total\":1,\"day\":\"2026-02-30\"}",
                        "day: \"2026-02-30\" is not a valid date"),
                Arguments.of(
                        "\"" + "x".repeat(Extraction.MAX_LENGTH) + "\"",
                        "the result has 4194306 characters; at most 4194304 are allowed"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void an_answer_of_the_users_own_extractor_is_checked_all_the_same(String answer, String message) throws Exception {
        assertThat(answer(answer)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.message()).startsWith(message);
            assertThat(failed.retryable()).isFalse();
        });
        assertThat(written()).doesNotContain("a.md.extract.json");
    }

    @Test
    void an_extractor_of_the_users_own_gets_the_document_and_the_configuration() throws Exception {
        List<ExtractionRequest> asked = new ArrayList<>();
        Extractor extractor = request -> {
            asked.add(request);
            return Extraction.of("{\"total\":1e2,\"number\":\"A\"}");
        };

        assertThat(run(PLAIN, extractor, TestFiles.of("in/a.md", "Hello"), false))
                .isEqualTo(Outcome.succeeded());
        assertThat(asked.get(0).document().markdown()).isEqualTo("Hello");
        assertThat(asked.get(0).fileName()).isEqualTo("in/a.md");
        assertThat(asked.get(0).configuration().schema()).contains("\"required\":[\"number\",\"total\"]");
        assertThat(asked.get(0).configuration().rules()).contains("\"labels\":\"Total\"");
        assertThat(folder.resolve("in/a.md.extract.json"))
                .content()
                .startsWith("{\n  \"number\" : \"A\",\n  \"total\" : ");
    }

    @Test
    void an_extractor_that_can_not_reach_its_model_fails_retryably() throws Exception {
        Extractor extractor = request -> {
            throw new IOException("connection refused");
        };

        assertThat(run(PLAIN, extractor, TestFiles.of("a.md", ""), false))
                .isEqualTo(Outcome.failedRetryably("IOException: connection refused"));
        assertThat(run(PLAIN, extractor, TestFiles.of("a.md", ""), true)).isEqualTo(Outcome.stopped());
    }

    @Test
    void an_interrupt_is_passed_on() {
        Extractor extractor = request -> {
            throw new InterruptedException();
        };

        assertThatThrownBy(() -> run(PLAIN, extractor, TestFiles.of("a.md", ""), false))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_document_that_can_not_be_parsed_ends_the_job_as_its_exception_says() throws Exception {
        SourceFile file = TestFiles.of("a.pdf", "");

        assertThat(run(
                        (f, m, s) -> throwing(DocumentException.unusable("it is encrypted")),
                        Extractor.rules(),
                        file,
                        false))
                .isEqualTo(Outcome.failed("it is encrypted"));
        assertThat(run(
                        (f, m, s) -> throwing(DocumentException.unreadable("gone", new IOException())),
                        Extractor.rules(),
                        file,
                        false))
                .isEqualTo(Outcome.failedRetryably("gone"));
        assertThat(run((f, m, s) -> throwing(DocumentException.stopped()), Extractor.rules(), file, false))
                .isEqualTo(Outcome.stopped());
    }

    @Test
    void a_stopped_job_writes_nothing() throws Exception {
        SourceFile file = TestFiles.of("a.md", "Number: A\nTotal: 1");

        assertThat(run(PLAIN, Extractor.rules(), file, true)).isEqualTo(Outcome.stopped());
        assertThat(run(PLAIN, request -> Extraction.of("{\"number\":\"A\",\"total\":1}"), file, true))
                .isEqualTo(Outcome.stopped());
        assertThat(written()).isEmpty();
    }

    @Test
    void an_output_that_can_not_be_written_fails_retryably() throws Exception {
        Files.createDirectories(folder.resolve("in/a.md.extract.json"));

        assertThat(run("Number: A\nTotal: 1")).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.message()).contains("a.md.extract.json");
        });
    }

    private static ParsedDocument throwing(DocumentException failure) throws DocumentException {
        throw failure;
    }
}
