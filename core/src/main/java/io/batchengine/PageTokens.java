package io.batchengine;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads page tokens: a place, and a digest of what it is a place in. So a token that is used with another project, batch or filter
 * is refused instead of giving a page of something else. A token is data: it grants nothing.
 */
final class PageTokens {
    private static final BaseEncoding ENCODING = BaseEncoding.base64Url().omitPadding();
    private static final int MAX_LENGTH = 512;

    private PageTokens() {}

    static String make(List<@Nullable Object> context, String place) {
        return ENCODING.encode((digest(context) + ":" + place).getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable String place(List<@Nullable Object> context, @Nullable String token) {
        if (token == null) {
            return null;
        }
        if (token.length() <= MAX_LENGTH && ENCODING.canDecode(token)) {
            String text = new String(ENCODING.decode(token), StandardCharsets.UTF_8);
            String prefix = digest(context) + ":";
            if (text.startsWith(prefix)) {
                return text.substring(prefix.length());
            }
        }
        throw refused(token);
    }

    static BatchEngineException refused(String token) {
        return BatchEngineException.of(
                ErrorCode.INVALID_ARGUMENT,
                Text.format(
                        "page token %s is not of a page with the same project and filters: begin with the first page",
                        Text.quote(token)));
    }

    /** Each part with its length: ids may hold any character, and null is no text. */
    private static String digest(List<@Nullable Object> context) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (Object part : context) {
            String text = part == null ? "" : part.toString();
            hasher.putInt(part == null ? -1 : text.length()).putUnencodedChars(text);
        }
        return hasher.hash().toString().substring(0, 16);
    }
}
