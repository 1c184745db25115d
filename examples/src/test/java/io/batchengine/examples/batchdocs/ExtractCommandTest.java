package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.batchdocs.Program.Run;
import io.batchengine.model.BatchResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractCommandTest {
    private static final String CONFIGURATION = """
            {"type": "extract_v2", "parameters": {
              "schema": {"type": "object", "required": ["number"], "properties": {"number": {"type": "string"}}},
              "rules": {"number": {"labels": ["Order no"]}}}}
            """;

    @TempDir
    Path folder;

    private Path docs;
    private Path saved;
    private Path out;

    @BeforeEach
    void directories() throws IOException {
        docs = Files.createDirectory(folder.resolve("docs"));
        saved = Files.createDirectory(folder.resolve("saved"));
        out = folder.resolve("out");
        Files.writeString(docs.resolve("good.txt"), "Order no: A-17\n");
        Files.writeString(docs.resolve("without.txt"), "Nothing of use\n");
        Files.writeString(saved.resolve("cfg-order.json"), CONFIGURATION);
        Files.writeString(
                saved.resolve("cfg-plain.json"), "{\"type\": \"parse_v2\", \"parameters\": {\"mode\": \"text\"}}");
        Files.writeString(saved.resolve("cfg-broken.json"), "{");
    }

    @Test
    void values_are_written_and_what_lacks_a_required_one_fails() {
        Run run = Program.run("extract", docs, "--config", "cfg-order", "--configs", saved, "--output", out);

        assertThat(run.code()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(out.resolve("good.txt.extract.json")).content().contains("\"number\"", "\"A-17\"");
        assertThat(run.out()).containsPattern("without\\.txt +failed +ext-\\S+ +number: is required");
        assertThat(run.lastLine()).endsWith(" COMPLETED: 2 files, 1 succeeded, 1 failed, 0 mapping errors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"maxProperties\": 1e99; schema.maxProperties: 1E+99 is not a whole number",
                "\"enum\": [1e999999999]; has the number 1E+999999999 at parameters.schema.enum[0]",
                "\"patternProperties\": {\"(?:(?:){2147483647}){2147483647}x\": {}}; schema.patternProperties.(?:(?:)"
            })
    void a_schema_that_can_not_be_used_is_refused_and_nothing_done(String keyword, String fault) throws IOException {
        Files.writeString(
                saved.resolve("cfg-bad.json"),
                "{\"type\": \"extract_v2\", \"parameters\": {\"schema\": {\"type\": \"object\", " + keyword
                        + "}, \"rules\": {\"n\": {\"labels\": \"N\"}}}}");

        Run run = Program.run("extract", docs, "--config", "cfg-bad", "--configs", saved, "--output", out);

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("cfg-bad", fault);
        assertThat(run.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void a_failed_job_leaves_what_it_found() {
        var unused = Program.run("extract", docs, "--config", "cfg-order", "--configs", saved, "--output", out);

        assertThat(out.resolve("without.txt.extract.json")).doesNotExist();
        assertThat(out.resolve("without.txt.extract.problems.json"))
                .content()
                .contains("\"partial\" : true", "\"property\" : \"number\"", "is required but was not found");
        assertThat(out.resolve("good.txt.extract.problems.json")).doesNotExist();
    }

    @Test
    void values_that_were_left_out_are_counted_and_say_why() throws IOException {
        Files.writeString(docs.resolve("doubtful.eml"), "From: a@b.example\n\nOrder no: A-18\nDate: 03/05/2026\n");
        Files.writeString(
                saved.resolve("cfg-order.json"),
                CONFIGURATION
                        .replace(
                                "[\"Order no\"]}",
                                "[\"Order no\"]}, \"day\": {\"labels\": \"Date\", \"type\": \"date\"}")
                        .replace(
                                "{\"number\": {\"type\": \"string\"}",
                                "{\"number\": {\"type\": \"string\"}, \"day\": {}"));

        Run run = Program.run("extract", docs, "--config", "cfg-order", "--configs", saved, "--output", out);
        Run json = Program.run("extract", docs, "--config", "cfg-order", "--configs", saved, "--output", out, "--jobs");

        assertThat(run.outLines().get(1)).contains(" succeeded ", "  warning: day: found \"03/05/2026\", which may be");
        assertThat(run.lastLine()).endsWith(" 2 succeeded, 1 failed, 0 mapping errors, 1 with warnings");
        assertThat(json.outLines().get(1))
                .contains("[\"day: found \\\"03/05/2026\\\"")
                .endsWith(",\"with_warnings\":1}");
    }

    @Test
    void warnings_of_a_parse_batch_in_the_same_folder_are_not_those_of_extraction() throws IOException {
        Files.delete(docs.resolve("without.txt"));
        Files.createDirectories(out);
        Files.writeString(out.resolve("good.txt.meta.json"), "{\"warnings\": [\"of a parse job\"]}");

        Run run = Program.run("extract", docs, "--config", "cfg-order", "--configs", saved, "--output", out);

        assertThat(run.out()).doesNotContain("of a parse job");
        assertThat(run.lastLine()).endsWith(" 1 succeeded, 0 failed, 0 mapping errors");
    }

    @Test
    void a_failed_job_is_no_mapping_error_in_the_results() {
        Run run = Program.run("extract", docs, "--config", "cfg-order", "--configs", saved, "--output", out, "--json");

        assertThat(run.results()).hasSize(2);
        assertThat(run.results()).extracting(BatchResult::errorMessage).containsOnlyNulls();
        assertThat(run.results()).extracting(BatchResult::jobReference).doesNotContainNull();
    }

    @Test
    void configs_lists_presets_the_sample_and_the_folder_with_their_types() {
        Run run = Program.run("configs", "--configs", saved);

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern("cfg-PARSE_AGENTIC +parse_v2 +built in")
                .containsPattern("cfg-PARSE_FAST +parse_v2 +built in")
                .containsPattern("cfg-sample-invoice +extract_v2 +the sample")
                .containsPattern("cfg-order +extract_v2 +\\S*/saved")
                .containsPattern("cfg-plain +parse_v2 +\\S*/saved")
                .containsPattern("cfg-broken +unusable: .*JSON");
    }
}
