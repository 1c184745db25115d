package io.batchengine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @Test
    void a_batch_id_is_a_version_7_uuid_with_its_time_and_32_zero_bits() {
        long millis = 1_700_000_000_123L;
        String id = Ids.newBatchId(millis, new Random(1));

        UUID uuid = UUID.fromString(id.substring(4));
        assertThat(id).startsWith("bat-").endsWith("00000000");
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(millis);
        assertThat(Ids.isBatchId(id)).isTrue();
    }

    @Test
    void later_batches_have_greater_ids() {
        Random random = new Random(2);
        assertThat(Ids.newBatchId(1_000, random)).isLessThan(Ids.newBatchId(1_001, random));
    }

    @Test
    void a_job_id_tells_its_batch_and_ordinal() {
        String batch = Ids.newBatchId(1_700_000_000_123L, new Random(3));
        for (long ordinal : new long[] {0, 1, 0xabcdef, Ids.MAX_ORDINAL}) {
            String job = Ids.proposedJobId("pjb-", batch, ordinal);
            assertThat(job).startsWith("pjb-").hasSize(40);
            assertThat(UUID.fromString(job.substring(4)).version()).isEqualTo(7);
            assertThat(Ids.batchIdOfJob(job)).isEqualTo(batch);
            assertThat(Ids.ordinalOfJob(job)).isEqualTo(ordinal);
        }
    }

    @Test
    void an_id_of_a_factorys_own_tells_no_batch() {
        assertThat(Ids.batchIdOfJob("ticket-42")).isNull();
        assertThat(Ids.batchIdOfJob("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bat-", "bat-0190", "BAT-01900000-0000-7000-8000-000000000000", "01900000"})
    void what_is_no_batch_id_proposes_no_job(String text) {
        assertThatThrownBy(() -> Ids.proposedJobId("pjb-", text, 0))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void ids_are_valid_unicode_without_nul_up_to_a_length() {
        assertThat(Ids.fault("a/ü/\ud83d\ude00\n", Ids.MAX_LENGTH)).isNull();
        assertThat(Ids.fault("x".repeat(256), Ids.MAX_LENGTH)).isNull();
        assertThat(Ids.fault("x".repeat(257), Ids.MAX_LENGTH)).contains("257").contains("256");
        assertThat(Ids.fault("", Ids.MAX_LENGTH)).isEqualTo("is empty");
        assertThat(Ids.fault(null, Ids.MAX_LENGTH)).isEqualTo("is missing");
        assertThat(Ids.fault("a\0b", Ids.MAX_LENGTH)).contains("NUL");
        for (String lone : List.of("\ud83d", "\ud83dx", "\ude00", "\ude00\ud83d")) {
            assertThat(Ids.fault(lone, Ids.MAX_LENGTH)).contains("unpaired surrogate");
        }
    }

    @Test
    void a_refusal_names_the_value_without_its_control_characters() {
        assertThatThrownBy(() -> Ids.requireValid("project id", "a\u001b[31m\0", Ids.MAX_LENGTH))
                .hasMessage("project id \"a\\u001b[31m\\u0000\" holds a NUL character");
    }

    @Test
    void ids_compare_as_their_utf8_bytes_do() {
        Random random = new Random(4);
        int[] alphabet = {'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0x10000, 0x1f600, 0x10ffff};
        for (int round = 0; round < 20_000; round++) {
            String left = text(random, alphabet);
            String right = text(random, alphabet);
            int expected = Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(Ids.compareUtf8(left, right)))
                    .as("%s ~ %s", left, right)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    private static String text(Random random, int[] alphabet) {
        StringBuilder out = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            out.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return out.toString();
    }
}
