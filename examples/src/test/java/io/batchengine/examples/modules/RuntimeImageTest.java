package io.batchengine.examples.modules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.embedding.DurableState;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library where less of the JDK is there than in a developer's: in a runtime image that has no more modules than it requires, as
 * container images have; on the module path; and under locales that write numbers with digits of their own.
 */
class RuntimeImageTest {
    private static final ModulePath DURABLE =
            ModulePath.of("io.batchengine", "io.batchengine.jdbc", "org.xerial.sqlitejdbc");
    private static final ModulePath DOCUMENTS = ModulePath.of("io.batchengine", "io.batchengine.documents");

    private static final List<String> DOCUMENTS_OF_EACH_FORMAT = List.of(
            "report-quarterly.docx",
            "report-quarterly.html",
            "report-quarterly.md",
            "report-quarterly.pdf",
            "report-quarterly.rtf",
            "budget.xlsx",
            "slides-kickoff.pptx",
            "mail-attachment.eml",
            "branches.csv",
            "memo-utf16.txt");

    @TempDir
    private static Path images;

    @TempDir
    private Path folder;

    @Test
    void a_batch_runs_in_an_image_of_what_is_required() throws Exception {
        assertThat(DURABLE.ofTheJdk()).doesNotContain("jdk.random", "java.desktop", "jdk.unsupported");
        assertThat(run(linked(DURABLE), List.of("-cp", System.getProperty("java.class.path")), DurableState.class))
                .contains("is COMPLETED");
    }

    @Test
    void a_batch_runs_in_an_image_with_the_library_on_the_module_path() throws Exception {
        assertThat(run(
                        linked(DURABLE),
                        onModulePath(DURABLE, "io.batchengine.jdbc,org.xerial.sqlitejdbc"),
                        DurableState.class))
                .contains("is COMPLETED");
    }

    @Test
    void documents_of_each_format_are_parsed_in_an_image_with_the_library_on_the_module_path() throws Exception {
        String printed = run(linked(DOCUMENTS), onModulePath(DOCUMENTS, "io.batchengine.documents"), ParsedInbox.class);
        assertThat(printed).contains("is COMPLETED").doesNotContain("FAILED");
        assertThat(printed.lines().filter(line -> line.contains(" COMPLETED ")))
                .hasSize(DOCUMENTS_OF_EACH_FORMAT.size());
    }

    @Test
    void a_batch_runs_under_locales_with_digits_of_their_own() throws Exception {
        for (String locale :
                List.of("ar-EG-u-nu-arab", "fa-IR", "bn-BD", "mr-IN", "tr-TR", "th-TH-u-ca-buddhist-nu-thai")) {
            List<String> options = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
            String[] parts = locale.split("-", 3);
            options.add("-Duser.language=" + parts[0]);
            options.add("-Duser.country=" + parts[1]);
            if (parts.length == 3) {
                options.add("-Duser.extensions=" + parts[2]);
            }
            assertThat(run(Path.of(System.getProperty("java.home"), "bin", "java"), options, DurableState.class))
                    .as(locale)
                    .contains("is COMPLETED");
        }
    }

    /** The program itself is on the class path: it need not be a module to use some. */
    private static List<String> onModulePath(ModulePath modules, String roots) {
        String programs = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).toString().contains("examples"))
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
        return List.of("-p", modules.joined(), "--add-modules", "io.batchengine," + roots, "-cp", programs);
    }

    /** The java of a runtime image with what the modules require; made once. */
    private static Path linked(ModulePath modules) {
        Path image = images.resolve(String.join("-", modules.ofTheJdk()));
        if (!Files.exists(image)) {
            int code = ToolProvider.findFirst("jlink")
                    .orElseThrow()
                    .run(
                            System.out,
                            System.err,
                            "--add-modules",
                            String.join(",", modules.ofTheJdk()),
                            "--output",
                            image.toString());
            assertThat(code).isZero();
        }
        return image.resolve("bin").resolve("java");
    }

    private String run(Path java, List<String> options, Class<?> main) throws Exception {
        Path run = Files.createTempDirectory(folder, "run");
        Path inbox = Files.createDirectory(run.resolve("inbox"));
        for (String name : DOCUMENTS_OF_EACH_FORMAT) {
            try (InputStream sample = RuntimeImageTest.class.getResourceAsStream("/sample/documents/" + name)) {
                Files.copy(requireNonNull(sample), inbox.resolve(name));
            }
        }
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.addAll(List.of(
                main.getName(), inbox.toString(), run.resolve("state.db").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
