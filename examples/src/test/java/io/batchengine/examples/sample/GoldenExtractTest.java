package io.batchengine.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.extract.ExtractJobFactory;
import io.batchengine.documents.parse.DocumentParsers;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every field of every good invoice, against what the invoices themselves say. */
class GoldenExtractTest {
    private static final Path DOCUMENTS = Path.of("src/main/resources/sample/documents");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/extract");
    private static final OutputFolder OUTPUT = OutputFolder.at(Path.of("target/golden-extract"));
    private static final JobFactory EXTRACT = ExtractJobFactory.of(
            DocumentParsers.tika(DocumentLimits.DEFAULT),
            Configurations.folder(Path.of("src/main/resources/sample/configs")),
            OUTPUT);

    static List<String> goodInvoices() throws IOException {
        return SampleData.names().stream()
                .filter(name -> name.startsWith("invoice-") && !name.startsWith("invoice-bad-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("goodInvoices")
    void every_field_of_a_good_invoice_is_extracted(String name) throws Exception {
        Outcome outcome = extract(name);

        assertThat(outcome).isEqualTo(Outcome.succeeded());
        assertThat(values(OUTPUT.path(name, ".extract.json")))
                .isEqualTo(values(GOLDEN.resolve(name + ".extract.json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            invoice-bad-number.txt | invoice_number: is required but was not found
            invoice-bad-date.html  | issue_date: is required; found "31 February 2026", which is not a date
            invoice-bad-letter.txt | invoice_number: is required but was not found
            bad-empty.docx         | empty
            """)
    void what_is_no_invoice_fails_with_a_message_that_names_the_field(String name, String message) throws Exception {
        Files.deleteIfExists(OUTPUT.path(name, ".extract.json"));

        Outcome outcome = extract(name);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.message()).contains(message);
            assertThat(failed.retryable()).isFalse();
        });
        assertThat(OUTPUT.path(name, ".extract.json")).doesNotExist();
    }

    private static Outcome extract(String name) throws Exception {
        return DirectJob.run(EXTRACT, JobType.EXTRACT_V2, "cfg-sample-invoice", DOCUMENTS.resolve(name));
    }

    /** The JSON as values in which 5 and 5.00 are one number, and the order of properties does not count. */
    private static Object values(Path json) {
        return values(JsonMapper.shared().readTree(json));
    }

    private static Object values(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> values = new LinkedHashMap<>();
            node.properties().forEach(property -> values.put(property.getKey(), values(property.getValue())));
            return values;
        } else if (node.isArray()) {
            return node.values().stream().map(GoldenExtractTest::values).toList();
        }
        return node.isNumber() ? new BigDecimal(node.asString()).stripTrailingZeros() : node.asString();
    }
}
