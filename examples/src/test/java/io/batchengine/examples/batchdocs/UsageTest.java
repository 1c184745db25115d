package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.batchdocs.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
    @TempDir
    Path folder;

    @BeforeEach
    void directory() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("docs")).resolve("a.txt"), "hello");
        Files.writeString(folder.resolve("file"), "hello");
        Files.writeString(
                Files.createDirectory(folder.resolve("saved")).resolve("cfg-broken.json"), "{\"type\":\"parse_v2\",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a command is missing: sample, parse, extract, resume, list, show, results, cancel, backup or configs",
                "frobnicate | 'Unmatched argument at index 0: ''frobnicate'''",
                "parse | 'Missing required parameter: ''DIR'''",
                "parse @/docs @/saved | Unmatched argument",
                "parse @/no-such | there is no directory ",
                "parse @/file | is not a directory",
                "parse @/docs --config cfg-NONE | cfg-NONE",
                "parse @/docs --config= | configuration",
                "parse @/docs --config cfg-broken --configs @/saved | cfg-broken",
                "parse @/docs --config cfg-sample-invoice | cfg-sample-invoice",
                "parse @/docs --configs @/no-such | --configs ",
                "parse @/docs --threads 0 | --threads 0 is not within 1 to 1000",
                "parse @/docs --threads many | Invalid value for option '--threads'",
                "parse @/docs --glob [ | [",
                "parse @/docs --output @/file | is not a directory",
                "parse @/docs --output @/docs | --output must be another directory than",
                "parse @/docs --json --json | '--json'",
                "parse @/docs --no-such-flag | Unknown option: '--no-such-flag'",
                "parse @/docs --rate 0 | with a rate of 0 nothing would ever start",
                "parse @/docs --rate -1 | '\"-1\" is not N or N:BURST, such as 20, 0.5 or 20:100'",
                "parse @/docs --rate 5: | is not N or N:BURST",
                "parse @/docs --rate NaN | is not N or N:BURST",
                "parse @/docs --rate 5:0 | a burst of 0 starts is not within 1 to 1000000",
                "parse @/docs --rate 2000000 | a rate of 2000000.0 starts per second is not within 0 to 1000000",
                "parse @/docs --priority 10 | --priority 10 is not within 1 to 9",
                "parse @/docs --priority high | Invalid value for option '--priority'",
                "parse @/docs --tolerate some | 'is not a number of files or a percentage, such as 20 or 2.5%'",
                "parse @/docs --tolerate 101% | tolerated failures 101.0 % are not within 0 to 100",
                "parse @/docs --tolerate -1 | is not a number of files",
                "parse @/docs --attempts 0 | --attempts 0 is not within 1 to 1000",
                "parse @/docs --project= | 'project id \"\" is empty'",
                "sample --project= | 'project id \"\" is empty'",
                "resume --priority 3 | Unknown option: '--priority'",
                "extract @/docs | Missing required option: '--config=ID'",
                "extract @/docs --config cfg-PARSE_AGENTIC | cfg-PARSE_AGENTIC",
                "extract @/docs --config ../file | ../file",
                "sample --threads -1 | --threads -1 is not within 1 to 1000",
                "sample extra | Unmatched argument",
                "parse @/docs --output @/file/sub | '/file/sub can''t be used: '",
                "parse @/docs --store jdbc:mysql://host/db | a URL that begins with jdbc:postgresql:",
                "parse @/docs --store https://host/db?password=planted | https://host/db?password=***",
                "parse @/docs --store jdbc:sqlite::memory: | by its file alone",
                "parse @/docs --store= | give a file or a URL",
                "resume --store @/none.db | there is no store ",
                "list --output @/none | there is no store ",
                "list --page-size 0 | page size 0 is not within 1 to 1000",
                "list --status BROKEN | Invalid value for option '--status'",
                "show | 'Missing required parameter: ''ID'''",
                "show bat-1 --store @/none.db | there is no store ",
                "results bat-1 --store @/none.db | there is no store ",
                "cancel bat-1 --store @/none.db | there is no store ",
                "configs --configs @/file | is not a directory",
            })
    void what_cannot_be_done_is_one_line_and_makes_nothing(String command, String message) throws IOException {
        List<String> before = tree();
        Object[] args = Stream.of(command.split(" "))
                .filter(arg -> !arg.isEmpty())
                .map(arg -> arg.replace("@", folder.toString()))
                .toArray();
        boolean outputGiven = command.contains("--output");

        Run run = Program.run(
                args.length < 2 || outputGiven || command.startsWith("configs")
                        ? args
                        : Stream.concat(Stream.of(args), Stream.of("--output", folder.resolve("out")))
                                .toArray());

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).startsWith("batch-docs: ").contains(message);
        assertThat(run.out()).isEmpty();
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void a_hostile_argument_still_gives_one_printable_line() {
        Run run = Program.run("parse", folder + "/a\nb\u001b[31m\u202ec");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains("a\\u000ab\\u001b[31m\\u202ec");
    }

    @Test
    void help_tells_commands_flags_and_exit_codes() {
        assertThat(Program.run("--help"))
                .satisfies(run -> assertThat(run.code()).isZero())
                .extracting(Run::out)
                .asString()
                .contains("sample", "parse", "extract", "configs", "130 interrupted");
        assertThat(Program.run("parse", "--help").out())
                .contains("--output", "--config", "--configs", "--threads", "--glob", "--recursive", "--json")
                .contains("--project", "--priority", "--rate", "--tolerate", "--attempts");
        assertThat(Program.run("resume", "--help").out())
                .contains("--project", "--rate")
                .doesNotContain("--priority", "--tolerate", "--attempts");
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
