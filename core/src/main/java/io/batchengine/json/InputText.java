package io.batchengine.json;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Takes the text to be parsed: bounded, without a byte order mark, and as bytes nothing but valid UTF-8. */
final class InputText {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private InputText() {}

    static String of(String text, int maxLength) {
        if (text.length() > maxLength) {
            throw tooLong("characters", maxLength);
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            throw refused("begins with a byte order mark; leave it out");
        }
        return text;
    }

    static String of(InputStream in, int maxLength) throws IOException {
        // One more than allowed tells whether there is more, without reading all of it.
        byte[] bytes = in.readNBytes(maxLength < Integer.MAX_VALUE ? maxLength + 1 : maxLength);
        if (bytes.length > maxLength) {
            throw tooLong("bytes", maxLength);
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        // UTF-8 never has more UTF-16 characters than bytes.
        CharBuffer to = CharBuffer.allocate(bytes.length);
        CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(from, to, true);
        if (end.isError()) {
            throw refused("is not valid UTF-8 at byte " + (from.position() + 1));
        }
        return of(to.flip().toString(), maxLength);
    }

    private static BatchEngineException tooLong(String unit, int maxLength) {
        return refused(Text.format("has more than %d %s; a reader may be given a higher bound", maxLength, unit));
    }

    private static BatchEngineException refused(String why) {
        return BatchEngineException.of(ErrorCode.INVALID_JSON, "the JSON text " + why);
    }
}
