package io.batchengine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchJsonRefusalTest {
    private static final String VALID = """
            {
              'id': 'bat-01234567-89ab-7cde-8f01-234500000000',
              'config': {'job': {'type': 'parse_v2', 'configuration_id': 'cfg-1'}},
              'project_id': 'prj-1',
              'source_directory_id': 'dir-1',
              'status': 'COMPLETED',
              'created_at': '2026-01-02T03:04:05.006Z',
              'updated_at': null,
              'results': [
                {'source_directory_file_id': 'dfl-1', 'error_message': 'gone', 'job_reference': null},
                {'source_directory_file_id': 'dfl-2', 'error_message': null, 'job_reference': {'id': 'pjb-1', 'type': 'parse_v2'}}
              ]
            }""".replace('\'', '"');

    private final BatchJson json = BatchJson.accepting(Set.of(JobType.PARSE_V2));

    @Test
    void the_text_that_the_refused_ones_are_made_from_is_read() {
        assertThat(json.readBatch(VALID).results()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "COMPLETED\" | DONE\" | line 6, column 13, at $.status: unknown status \"DONE\"; it is one of [PENDING, THROTTLED, RUNNING,",
                "COMPLETED\" | completed\" | at $.status: unknown status \"completed\"",
                "\"COMPLETED\" | 3 | at $.status: expected a string, found a number",
                "\"COMPLETED\" | null | at $.status: expected a string, found null",
                "\"COMPLETED\" | true | at $.status: expected a string, found a boolean",
                "\"COMPLETED\" | [[[[[[[[[[[[[[[[[[[[[[[[ | at $.status: expected a string, found an array",
                "\"COMPLETED\" | {\"a\":1} | at $.status: expected a string, found an object",
                "\"COMPLETED\" | ,} | line 6, column 13",
                "parse_v2\", \"c | extract_v2\", \"c | line 3, column 30, at $.config.job.type: unknown job type \"extract_v2\"",
                "parse_v2\", \"c | Parse V2\", \"c | at $.config.job.type: job type \"Parse V2\" is not of the form",
                "parse_v2\"}} | extract_v2\"}} | line 11, column 107, at $.results[1].job_reference.type: unknown job type",
                "\"cfg-1\" | \"\" | at $.config.job.configuration_id: the id \"\" is empty",
                "\"cfg-1\" | 17 | at $.config.job.configuration_id: expected a string, found a number",
                "{\"job\": | {\"task\": | line 3, column 14, at $.config: unknown field \"task\"; the fields here are job",
                "{\"job\": { | [{ | at $.config: expected an object, found an array",
                "bat-0 | bad-0 | line 2, column 9, at $.id: \"bad-01234567-89ab-7cde-8f01-234500000000\" is not a batch id",
                "prj-1 | a\\u0000 | at $.project_id: the id \"a\\u0000\" holds a NUL character",
                "prj-1 | a\\ud800 | at $.project_id: \"a\\ud800\" is not valid Unicode",
                "dfl-2 | \\ude00\\ud83d | at $.results[1].source_directory_file_id: \"\\ude00\\ud83d\" is not valid Unicode",
                "05.006Z | 05Z | line 7, column 17, at $.created_at: \"2026-01-02T03:04:05Z\" is not a time of the form",
                "05.006Z | 05.0061Z | is not a time of the form",
                "05.006Z | 05.006 | is not a time of the form",
                "05.006Z | 05.006+00:00 | is not a time of the form",
                "T03:04 | t03:04 | is not a time of the form",
                "T03:04:05 | T24:00:00 | is not a time of the form",
                "T03:04:05 | T23:59:60 | is not a time of the form",
                "2026-01-02 | 2026-02-30 | is not a time of the form",
                "\"2026-01-02T03:04:05.006Z\" | 1767323045006 | at $.created_at: expected a string, found a number",
                "\"project_id\": \"prj-1\", | | line 13, column 1, at $: the field \"project_id\" is missing",
                "\"type\": \"parse_v2\"} | \"id\": \"x\"} | at $.results[1].job_reference.id: the field is given twice",
                "\"project_id\" | \"id\" | line 4, column 3, at $.id: the field is given twice",
                "\"updated_at\" | \"created_at\" | at $.created_at: the field is given twice",
                "\"updated_at\" | \"updatedAt\" | line 8, column 3, at $: unknown field \"updatedAt\"; the fields here are id, config,",
                "\"gone\" | null | line 10, column 87, at $.results[0]: exactly one of error_message and job_reference",
                "\"error_message\": null | \"error_message\": \"x\" | at $.results[1]: exactly one of error_message and job_reference",
                "\"gone\" | \"gone\\q\" | not valid JSON: Unrecognized character escape",
                "\"gone\" | 'gone' | not valid JSON: Unexpected character",
                "\"gone\" | NaN | not valid JSON: Non-standard token 'NaN'",
                "\"gone\" | 01 | not valid JSON: Invalid numeric value: Leading zeroes not allowed",
                "\"gone\" | /* no */ \"gone\" | not valid JSON: Unexpected character ('/' (code 47))",
                "null}, | null},, | line 10, column 91",
                "\"prj-1\", | \"prj-1\" | line 5, column 3",
            })
    void a_text_that_breaks_a_rule_is_refused_with_its_place(String valid, String broken, String message) {
        String text = VALID.replaceFirst(java.util.regex.Pattern.quote(valid), broken == null ? "" : quoted(broken));
        assertThat(text).isNotEqualTo(VALID);

        assertRefused(() -> json.readBatch(text), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {" {}", " 1", ",", "}", " x", "\0", "\ufeff"})
    void text_behind_the_end_is_refused(String trailing) {
        assertRefused(() -> json.readBatch(VALID + trailing), "JSON line 13, column ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'' | the text is empty",
                "null | at $: expected an object, found null",
                "[] | at $: expected an object"
            })
    void a_text_that_is_no_object_is_refused(String text, String message) {
        assertRefused(() -> json.readBatch(text.equals("''") ? "" : text), message);
    }

    @Test
    void a_truncated_text_is_refused_wherever_it_ends() {
        for (int end = 0; end < VALID.length(); end++) {
            String text = VALID.substring(0, end);
            assertRefused(() -> json.readBatch(text), "line ");
        }
    }

    @Test
    void a_text_of_many_levels_is_refused_at_the_first_wrong_one() {
        String deep = "[".repeat(1_000_000);

        assertRefused(() -> json.readBatch(deep), "line 1, column 1, at $: expected an object, found an array");
        assertRefused(
                () -> json.readBatch("{\"config\":" + "{\"job\":".repeat(100_000)),
                "at $.config.job: unknown field \"job\"; the fields here are type, configuration_id");
    }

    @Test
    void a_text_beyond_the_bound_is_refused() {
        byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
        BatchJson exact = json.withMaxLength(bytes.length);
        BatchJson less = json.withMaxLength(bytes.length - 1);

        assertThat(exact.readBatch(VALID).id()).startsWith("bat-");
        assertRefused(() -> less.readBatch(VALID), "has more than " + (bytes.length - 1) + " characters");
        assertRefused(
                () -> less.readBatch(new ByteArrayInputStream(bytes)),
                "has more than " + (bytes.length - 1) + " bytes");
    }

    @Test
    void an_endless_stream_is_read_to_the_bound_only() {
        assertRefused(
                () -> json.readBatch(new InputStream() {
                    @Override
                    public int read() {
                        return ' ';
                    }
                }),
                "has more than 16777216 bytes");
    }

    @Test
    void an_over_long_string_is_refused() {
        String text = VALID.replace("gone", "x".repeat(StrictParser.MAX_STRING_LENGTH + 1));

        assertRefused(() -> json.readBatch(text), "at $.results[0].error_message: not valid JSON: String value length");
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused_with_their_place() {
        byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
        bytes[VALID.indexOf("gone")] = (byte) 0xfc;

        assertRefused(
                () -> json.readBatch(new ByteArrayInputStream(bytes)),
                "is not valid UTF-8 at byte " + (VALID.indexOf("gone") + 1));
        assertRefused(
                () -> json.readBatch(new ByteArrayInputStream(VALID.getBytes(StandardCharsets.UTF_16))),
                "not valid UTF-8");
        byte[] half = "{\"id\":\"\u20ac".getBytes(StandardCharsets.UTF_8);
        assertRefused(() -> json.readBatch(new ByteArrayInputStream(half, 0, half.length - 1)), "not valid UTF-8");
    }

    @Test
    void a_byte_order_mark_is_refused() {
        String marked = "\ufeff" + VALID;

        assertRefused(() -> json.readBatch(marked), "begins with a byte order mark");
        assertRefused(
                () -> json.readBatch(new ByteArrayInputStream(marked.getBytes(StandardCharsets.UTF_8))),
                "begins with a byte order mark");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void a_mutated_text_is_read_or_refused_in_plain_words(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(VALID);
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, text.charAt(random.nextInt(text.length())));
                    default -> text.setCharAt(at, (char) random.nextInt(0, 0x180));
                }
            }
            try {
                json.readBatch(text.toString());
            } catch (BatchEngineException e) {
                assertPlain(e);
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(3_750);
    }

    @Test
    void a_create_body_is_read() throws IOException {
        String body = "{'source_directory_id':'dir-1','config':{'job':{'type':'parse_v2','configuration_id':'cfg-1'}}}"
                .replace('\'', '"');
        CreateBatchBody expected = CreateBatchBody.of("dir-1", BatchConfig.of(JobType.PARSE_V2, "cfg-1"));

        assertThat(json.readCreateBody(body)).isEqualTo(expected);
        assertThat(json.readCreateBody(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(expected);
        assertRefused(
                () -> json.readCreateBody(body.replace("\"dir-1\",", "\"dir-1\",\"priority\":1,")),
                "at $: unknown field \"priority\"; the fields here are source_directory_id, config");
        assertRefused(
                () -> json.readCreateBody("{\"source_directory_id\":\"dir-1\"}"),
                "line 1, column 31, at $: the field \"config\" is missing");
    }

    @Test
    void any_well_formed_type_is_read_where_asked_for() {
        String text = VALID.replace("parse_v2", "ocr_v9");

        assertThat(BatchJson.acceptingAnyType().readBatch(text).config().job().type())
                .isEqualTo(JobType.of("ocr_v9"));
        assertRefused(() -> json.readBatch(text), "unknown job type \"ocr_v9\"");
    }

    @Test
    void a_bound_that_is_not_positive_is_refused() {
        assertThatThrownBy(() -> json.withMaxLength(0))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessage("maxLength 0 is not positive");
    }

    private static void assertRefused(ThrowingCallable read, String message) {
        assertThatThrownBy(read)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(BatchEngineException.class, BatchJsonRefusalTest::assertPlain);
    }

    private static void assertPlain(BatchEngineException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(e.getMessage())
                .doesNotContain(
                        "`Stream", "`Json", "jackson", "Jackson", "Feature", "Source:", "REDACTED", "StreamRead", "\n")
                .hasSizeLessThan(800);
    }

    private static String quoted(String replacement) {
        return java.util.regex.Matcher.quoteReplacement(replacement);
    }
}
