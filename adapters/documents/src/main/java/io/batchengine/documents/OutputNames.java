package io.batchengine.documents;

import io.batchengine.spi.SourceFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the segments of a source file's name into file names, no two into one. What can't stand in a file name is written as the
 * {@code %XX} of its UTF-8 bytes; a percent sign that could be taken for such an escape is written {@code %25}, so decoding gives
 * the segment back. What is too long ends in a hash of the whole, and so does what only looks like that.
 */
final class OutputNames {
    /** What common file systems allow for one name, in bytes of UTF-8. */
    static final int MAX_BYTES = 255;

    private static final int HASH_DIGITS = 32;
    private static final int ROOM_FOR_SUFFIX = 32;
    private static final Pattern LOOKS_SHORTENED = Pattern.compile(".*~[0-9a-f]{" + HASH_DIGITS + "}", Pattern.DOTALL);
    private static final String ILLEGAL = "<>:\"/\\|?*";
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$", "clock$");
    private static final Pattern NUMBERED_DEVICE = Pattern.compile("(com|lpt)[0-9\u00b9\u00b2\u00b3]");
    /** Stands for the empty segment: no segment has a slash in it. */
    private static final String EMPTY = "%2F";

    /** A byte that is no UTF-8 stands in a name as the unpaired surrogate of this number and its own. */
    private static final int RAW_BYTE = 0xdc00;

    private static final String ENCODED_ID = "dfl-";
    private static final char REPLACEMENT = '\ufffd';

    private final FileSystem fileSystem;

    OutputNames(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** The name of a folder for a segment. */
    String folder(String segment) {
        return shortened(encoded(segment), "");
    }

    /** The name of a file for a segment; the suffix is kept as it is. */
    String file(String segment, String suffix) {
        return shortened(encoded(segment), suffix);
    }

    /**
     * The name of a source file with the bytes that are no UTF-8 kept apart. Its name shows them all as the same replacement; an id that
     * is the percent-encoded path, as that of a file system's source is, still tells them.
     */
    static String exactName(SourceFile file) {
        String name = file.name();
        if (name.indexOf(REPLACEMENT) < 0 || !file.id().startsWith(ENCODED_ID)) {
            return name;
        }
        byte[] bytes = unescaped(file.id().substring(ENCODED_ID.length()));
        return new String(bytes, StandardCharsets.UTF_8).equals(name) ? withRawBytes(bytes) : name;
    }

    private static byte[] unescaped(String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(id.length());
        for (int i = 0; i < id.length(); i++) {
            boolean escape = id.charAt(i) == '%' && looksLikeEscape(id, i);
            bytes.write(escape ? HexFormat.fromHexDigits(id, i + 1, i + 3) : id.charAt(i));
            i += escape ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    private static String withRawBytes(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (decoder.decode(in, out, true).isMalformed()) {
            out.put((char) (RAW_BYTE + (in.get() & 0xff)));
        }
        return out.flip().toString();
    }

    private String encoded(String segment) {
        String name = escape(segment, false);
        try {
            var unused = fileSystem.getPath(name);
            return name;
        } catch (InvalidPathException notInThisCharset) { // such as umlauts where the system speaks ASCII
            return escape(segment, true);
        }
    }

    private static String escape(String segment, boolean asciiOnly) {
        if (segment.isEmpty()) {
            return EMPTY;
        }
        boolean device = isDevice(segment);
        int last = segment.length() - 1;
        StringBuilder out = new StringBuilder(segment.length() + 16);
        for (int i = 0; i < segment.length(); ) {
            int c = segment.codePointAt(i);
            boolean escaped = isIllegal(c, asciiOnly)
                    || (c == '%' && looksLikeEscape(segment, i))
                    || (i == 0 && device)
                    || (i == last && (c == '.' || c == ' '));
            if (escaped) {
                appendEscaped(out, c);
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static boolean isIllegal(int c, boolean asciiOnly) {
        return Character.isISOControl(c)
                || ILLEGAL.indexOf(c) >= 0
                || Character.getType(c) == Character.SURROGATE
                || (asciiOnly && c > 0x7f);
    }

    private static boolean looksLikeEscape(String segment, int at) {
        return at + 2 < segment.length() && isHex(segment.charAt(at + 1)) && isHex(segment.charAt(at + 2));
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isDevice(String segment) {
        int dot = segment.indexOf('.');
        String stem =
                (dot < 0 ? segment : segment.substring(0, dot)).stripTrailing().toLowerCase(Locale.ROOT);
        return DEVICES.contains(stem) || NUMBERED_DEVICE.matcher(stem).matches();
    }

    /** The bytes of UTF-8; an unpaired surrogate as the three bytes that UTF-8 would have for it, or the byte that it stands for. */
    private static void appendEscaped(StringBuilder out, int c) {
        for (byte b : bytes(c)) {
            out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
    }

    private static byte[] bytes(int c) {
        if (Character.getType(c) != Character.SURROGATE) {
            return Character.toString(c).getBytes(StandardCharsets.UTF_8);
        }
        if (c > RAW_BYTE + 0x7f && c <= RAW_BYTE + 0xff) {
            return new byte[] {(byte) (c - RAW_BYTE)};
        }
        return new byte[] {(byte) (0xe0 | (c >> 12)), (byte) (0x80 | ((c >> 6) & 0x3f)), (byte) (0x80 | (c & 0x3f))};
    }

    private static String shortened(String name, String suffix) {
        int room = MAX_BYTES - utf8Length(suffix);
        int length = utf8Length(name);
        boolean ambiguous = length > MAX_BYTES - ROOM_FOR_SUFFIX - 4
                && LOOKS_SHORTENED.matcher(name).matches();
        if (length <= room && !ambiguous) {
            return name + suffix;
        }
        return prefix(name, room - HASH_DIGITS - 1) + '~' + hash(name) + suffix;
    }

    /** The longest beginning of so many bytes that ends between two characters and outside an escape. */
    private static String prefix(String name, int bytes) {
        int end = 0;
        int used = 0;
        while (end < name.length()) {
            int c = name.codePointAt(end);
            int characters = c == '%' && looksLikeEscape(name, end) ? 3 : Character.charCount(c);
            used += characters == 3 ? 3 : utf8Length(Character.toString(c));
            if (used > bytes) {
                break;
            }
            end += characters;
        }
        return name.substring(0, end);
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
