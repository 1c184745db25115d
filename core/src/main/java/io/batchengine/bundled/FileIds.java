package io.batchengine.bundled;

import io.batchengine.model.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids of files: {@code dfl-} and the relative path, each name percent-encoded as in RFC 3986 (all but letters, digits and
 * {@code -._~}, upper-case digits), joined by slashes. So an id is ASCII, and a name has one id only.
 */
final class FileIds {
    static final String PREFIX = "dfl-";
    /** Where a shortened id goes on behind its directory; no ordinary id holds a plus sign. */
    private static final String SHORTENED = "+sha256-";
    /** The longest id of a directory, with its slash, that leaves room for a shortened id behind it. */
    static final int MAX_DIRECTORY = Ids.MAX_FILE_ID_LENGTH - SHORTENED.length() - 64;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private FileIds() {}

    /** Whether a name is its own encoding. No charset of a locale gives such text for other bytes; some do so for a tilde. */
    static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '~' || !isUnreserved(c)) {
                return false;
            }
        }
        return true;
    }

    static String encode(byte[] name) {
        StringBuilder out = new StringBuilder(name.length * 3);
        for (byte b : name) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c)) {
                out.append(c);
            } else {
                HEX.toHexDigits(out.append('%'), b);
            }
        }
        return out.toString();
    }

    /** The names of the path that an id stands for; null unless it is exactly what encoding them gives. */
    static @Nullable List<byte[]> decode(String id) {
        if (!id.startsWith(PREFIX)) {
            return null;
        }
        List<byte[]> names = new ArrayList<>();
        for (String segment : id.substring(PREFIX.length()).split("/", -1)) {
            byte[] name = decodeName(segment);
            if (name == null) {
                return null;
            }
            names.add(name);
        }
        return names;
    }

    private static byte @Nullable [] decodeName(String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            return null;
        }
        byte[] name = unescape(segment);
        for (byte b : name) {
            if (b == 0 || b == '/') {
                return null;
            }
        }
        return encode(name).equals(segment) ? name : null;
    }

    /** The bytes of percent-encoded text, however it was encoded. What is no escape stands for itself. */
    static byte[] unescape(String segment) {
        byte[] bytes = new byte[segment.length()];
        int length = 0;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            boolean escape = c == '%'
                    && i + 2 < segment.length()
                    && HexFormat.isHexDigit(segment.charAt(i + 1))
                    && HexFormat.isHexDigit(segment.charAt(i + 2));
            bytes[length++] = (byte) (escape ? HexFormat.fromHexDigits(segment, i + 1, i + 3) : c);
            i += escape ? 2 : 0;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** The relative path: as UTF-8, whatever the locale. No two paths have the same text, since outputs are named by it. */
    static String text(String id) {
        return Wtf8.decodeAny(unescape(id.substring(PREFIX.length())));
    }

    /**
     * An id for a file whose own is too long: unique and stable, but no path can be made of it.
     *
     * @param directory the id of a directory above it, with its slash, of at most {@link #MAX_DIRECTORY} characters
     */
    static String shortened(String directory, String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.US_ASCII));
            return directory + SHORTENED + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
