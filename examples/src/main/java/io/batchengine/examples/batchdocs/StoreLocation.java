package io.batchengine.examples.batchdocs;

import io.batchengine.model.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is.
 *
 * @param file of the embedded database, or null
 * @param url of the shared database, or null where there is a file
 */
record StoreLocation(@Nullable Path file, @Nullable String url) {
    static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    /** The value of a parameter that may be a secret, and what stands before an @ in the place of a host. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?<=[?&;](?:[a-z_-]{0,20}(?:password|passwd|pwd|passphrase|secret|token)|(?:hex|text)?key)=)[^&;]+"
                    + "|(?<=://)[^@?]*(?=@)");

    private static final Pattern ANY_URL = Pattern.compile("(?is)[a-z][a-z0-9+.-]*://.*");

    static StoreLocation ofFile(Path file) {
        return new StoreLocation(file, null);
    }

    /** What a user gave. */
    static StoreLocation of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith(POSTGRESQL)) {
            return new StoreLocation(null, text);
        }
        if (lower.startsWith(SQLITE)) {
            String path = text.substring(SQLITE.length());
            if (path.contains("?") || path.startsWith(":") || path.startsWith("file:")) {
                throw refused(text, "a SQLite database is given by its file alone");
            }
            return fileOf(path);
        }
        if (lower.startsWith("jdbc:") || ANY_URL.matcher(text).matches()) {
            throw refused(text, "a store is a file, or a URL that begins with " + POSTGRESQL);
        }
        return fileOf(text);
    }

    /** For people; without a password. */
    String shown() {
        return file != null ? Paths.text(file) : Text.printable(withoutSecrets());
    }

    /** For {@code --store}; a password in it is left out. */
    String argument() {
        return file != null ? Paths.raw(file) : withoutSecrets();
    }

    /** The files of the store, which are no documents. */
    List<Path> files() {
        Path main = file;
        if (main == null) {
            return List.of();
        }
        return Stream.of("", "-wal", "-shm", "-journal", ".lock")
                .map(suffix -> Paths.withSuffix(main, suffix))
                .toList();
    }

    private String withoutSecrets() {
        return masked(String.valueOf(url));
    }

    private static String masked(String text) {
        return SECRET.matcher(text).replaceAll("***");
    }

    private static StoreLocation fileOf(String text) {
        if (text.isBlank()) {
            throw refused(text, "give a file or a URL");
        }
        try {
            return ofFile(Paths.of(text));
        } catch (InvalidPathException e) {
            throw refused(text, "not a path on this system");
        }
    }

    private static UsageException refused(String text, String why) {
        return new UsageException(Text.format("--store %s: %s", Text.quote(masked(text)), why));
    }
}
