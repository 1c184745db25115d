package io.batchengine.examples.batchdocs;

import io.batchengine.model.Text;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Paths from text and back without the locale. A path's URI holds its bytes, where {@link Path#of(String, String...)} and
 * {@link Path#toString} lose what the locale's charset lacks.
 */
final class Paths {
    private static final Path WORKING_DIRECTORY_LINK = Path.of("/proc/self/cwd");

    private Paths() {}

    /** The absolute path of {@link RawText}. */
    static Path of(String text) {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(text) || File.separatorChar != '/') {
            return workingDirectory().resolve(text);
        }
        String base = text.startsWith("/")
                ? ""
                : withoutSlash(workingDirectory().toUri().getRawPath()) + "/";
        return ofAddress((base + encoded(text)).replaceAll("/{2,}", "/"));
    }

    /** The path for people, safe to show. */
    static String text(Path path) {
        return Text.printable(raw(path));
    }

    /** The path as {@link RawText}, of which {@link #of} makes it again. */
    static String raw(Path path) {
        return decoded(address(path));
    }

    /** The path as its URI has it: percent-encoded, with no slash at its end. */
    static String address(Path path) {
        String address = withoutSlash(path.toUri().getRawPath());
        return address.isEmpty() ? "/" : address;
    }

    /** The path of an {@link #address}. */
    static Path ofAddress(String address) {
        return Path.of(URI.create("file://" + (address.length() > 1 ? withoutSlash(address) : address)));
    }

    /** A path beside another: its name and more ASCII text. */
    static Path withSuffix(Path path, String suffix) {
        return ofAddress(address(path) + suffix);
    }

    /** The path without links, as far as it exists; the same before and after the rest of it is made. */
    static Path real(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    /** {@link RawText} percent-encoded, slashes left as they are. */
    static String encoded(String text) {
        return percentEncoded(RawText.encode(text));
    }

    /** Percent-encoded text as {@link RawText}. */
    static String decoded(String encoded) {
        String bytes = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        return RawText.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Path workingDirectory() {
        try {
            return Files.isSymbolicLink(WORKING_DIRECTORY_LINK)
                    ? WORKING_DIRECTORY_LINK.toRealPath()
                    : Path.of("").toAbsolutePath();
        } catch (IOException e) {
            return Path.of("").toAbsolutePath();
        }
    }

    private static String percentEncoded(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            if (b == '/' || (b > 0 && Character.isLetterOrDigit((char) b))) {
                out.append((char) b);
            } else {
                HexFormat.of().withUpperCase().toHexDigits(out.append('%'), b);
            }
        }
        return out.toString();
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
