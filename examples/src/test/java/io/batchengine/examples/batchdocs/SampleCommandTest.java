package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.batchdocs.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCommandTest {
    @TempDir
    Path out;

    @Test
    void both_batches_complete_and_the_bad_files_are_named() throws Exception {
        Run run = Program.run("sample", "--output", out);

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> ends =
                run.outLines().stream().filter(line -> line.startsWith("bat-")).toList();
        long inputs = files("sample-input", "");
        long invoices = files("sample-input", "invoice-");
        assertThat(ends).hasSize(2);
        assertThat(ends.get(0)).contains(" COMPLETED: " + inputs + " files, ");
        assertThat(ends.get(1)).contains(" COMPLETED: " + invoices + " files, ");
        assertThat(run.lastLine()).isEqualTo(ends.get(1));
        assertThat(run.outLines())
                .anySatisfy(line -> assertThat(line).matches("bad-truncated\\.pdf +failed +pjb-\\S+  \\S.*"))
                .anySatisfy(line -> assertThat(line).matches("bad-encrypted\\.pdf +failed +pjb-\\S+  \\S.*"))
                .anySatisfy(line -> assertThat(line).matches("invoice-bad-number\\.txt +failed +ext-\\S+  \\S.*"))
                .anySatisfy(line -> assertThat(line).startsWith("two\\u000alines.csv "));
        assertThat(out.resolve("report-quarterly.docx.md")).isNotEmptyFile();
        assertThat(out.resolve("report-quarterly.docx.meta.json")).isNotEmptyFile();
        assertThat(out.resolve("invoice-brambleworks-88.docx.extract.json")).isNotEmptyFile();
        assertThat(out.resolve("two%0Alines.csv.md")).isNotEmptyFile();
    }

    @Test
    void a_planted_link_does_not_lead_the_documents_elsewhere(@TempDir Path elsewhere) throws Exception {
        Files.createSymbolicLink(out.resolve("sample-input"), elsewhere);
        Run run = Program.run("sample", "--output", out);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("is a link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    private long files(String folder, String prefix) throws Exception {
        try (Stream<Path> files = Files.list(out.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }
}
