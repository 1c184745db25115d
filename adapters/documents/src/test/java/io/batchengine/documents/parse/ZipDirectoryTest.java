package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.TestFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ZIP files that claim to have a large directory. */
class ZipDirectoryTest {
    private static final String TOO_LARGE = "the ZIP file's directory is larger than the limit of 8,388,608 bytes";

    /** A ZIP file with a 64-bit record before its end. */
    private static byte[] large(long bytes, long count) {
        byte[] zip = TestFiles.zip(Map.of("a", "b"));
        int end = zip.length - 22;
        ByteBuffer out = ByteBuffer.allocate(zip.length + 76).order(ByteOrder.LITTLE_ENDIAN);
        out.put(zip, 0, end);
        out.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        out.putLong(count).putLong(count).putLong(bytes).putLong(0);
        out.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        out.put(zip, end, 8)
                .putShort((short) -1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(-1)
                .putShort((short) 0);
        return out.array();
    }

    @ParameterizedTest
    @CsvSource({"53, 134217728", "53, 70000", "53, -1", "9000000, 1", "-9000000, 1"})
    void is_refused_before_it_is_read(long bytes, long count) {
        assertThat(Parsing.fault("a.docx", large(bytes, count))).hasMessageStartingWith(TOO_LARGE);
    }

    @Test
    void what_looks_like_an_end_in_the_content_is_none() {
        byte[] zip = TestFiles.zip(Map.of("PK\u0005\u0006" + "x".repeat(40), "b"));

        assertThat(new String(zip, US_ASCII)).contains("PK\u0005\u0006xxx");
        assertThat(Parsing.fault("a.docx", zip)).hasMessageNotContaining("directory");
    }
}
