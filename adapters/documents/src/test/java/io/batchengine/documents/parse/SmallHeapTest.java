package io.batchengine.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that hold very many small things, each read in a process with a small heap. */
class SmallHeapTest {
    private static final String TOO_LONG = "the document's text is longer than the limit of 1,000,000 characters";
    private static final String TOO_MANY = "the document has more than 300,000 styles, links, fonts and the like";
    private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put("xlsx-rows", TOO_LONG);
        EXPECTED.put("xlsx-short-rows", TOO_LONG); // a letter a row: the limit on text counts late
        EXPECTED.put("xlsx-table", TOO_LONG);
        EXPECTED.put("xlsx-strings", "the document holds far more than the limit of 1,000,000 characters");
        EXPECTED.put("xlsx-styles", TOO_MANY);
        EXPECTED.put("xlsx-links", TOO_MANY);
        EXPECTED.put("docx-paragraphs", TOO_LONG);
        EXPECTED.put("docx-table", TOO_LONG);
        EXPECTED.put("docx-looks", "a paragraph changes its look more than 100,000 times");
        EXPECTED.put("docx-styles", TOO_MANY);
        EXPECTED.put("pptx-table", TOO_LONG);
        EXPECTED.put("csv-rows", TOO_LONG);
        EXPECTED.put("csv-columns", "a record of the CSV document has more than 200,000 cells");
        EXPECTED.put("txt", TOO_LONG);
        EXPECTED.put("html-cells", "the HTML has more than 1,000,000 elements");
        EXPECTED.put("html-attributes", "the HTML's elements have attributes of more than 2,000,000 words");
        EXPECTED.put("html-looks", "a paragraph changes its look more than 100,000 times");
        EXPECTED.put("rtf-fonts", TOO_MANY);
        EXPECTED.put("eml-attachment", "read: 70 characters");
        EXPECTED.put("eml-parts", "the mail has more than 20,000 parts");
        EXPECTED.put("eml-headers", "the mail has more than 100,000 header lines");
        EXPECTED.put(
                "docx-directory",
                "the ZIP file's directory is larger than the limit of 8,388,608 bytes or 65,535 entries");
    }

    @Test
    void each_is_read_or_refused_and_the_heap_suffices(@TempDir Path folder) throws Exception {
        List<String> lines = run(folder, "96m", EXPECTED.keySet().stream().toList());

        EXPECTED.forEach((kind, message) ->
                assertThat(lines).as(kind).anySatisfy(line -> assertThat(line).startsWith(kind + ": " + message)));
    }

    private static List<String> run(Path folder, String heap, List<String> kinds)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapProgram.class.getName()));
        command.addAll(kinds);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(folder.toFile())
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return Arrays.asList(output.split("\\R"));
        } finally {
            process.destroyForcibly();
        }
    }
}
