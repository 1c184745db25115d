package io.batchengine.examples.packaged;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar that carries the classes of other libraries. */
final class BundledJar implements AutoCloseable {
    private static final Pattern LISTED =
            Pattern.compile("^ +((?:\\([^()]+\\) )+).* \\(([^:() ]+):([^: ]+):([^: ]+) - .*\\)$");

    private final ZipFile zip;

    BundledJar(Path file) throws IOException {
        zip = new ZipFile(file.toFile());
    }

    /** Returns the libraries that THIRD-PARTY.txt names. */
    List<Library> listed() throws IOException {
        return text("THIRD-PARTY.txt")
                .lines()
                .map(LISTED::matcher)
                .filter(Matcher::matches)
                .map(line -> new Library(line.group(2), line.group(3), line.group(4), line.group(1)))
                .toList();
    }

    /** Returns group, artifact and version of the libraries that Maven's own files in the jar tell of; not every build writes them. */
    Set<String> marked() throws IOException {
        Set<String> found = new TreeSet<>();
        for (ZipEntry entry : entries("META-INF/maven/.*/pom\\.properties")) {
            Properties properties = new Properties();
            try (InputStream in = zip.getInputStream(entry)) {
                properties.load(in);
            }
            if (!"io.batchengine".equals(properties.getProperty("groupId"))) {
                found.add(properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":"
                        + properties.getProperty("version"));
            }
        }
        return found;
    }

    /** Returns whether the jar has an entry of this name and these bytes. */
    boolean has(ZipEntry other) {
        ZipEntry entry = zip.getEntry(other.getName());
        return entry != null && entry.getCrc() == other.getCrc();
    }

    /** Returns all texts below a directory, one after the other. */
    String texts(String directory) throws IOException {
        StringBuilder all = new StringBuilder();
        for (ZipEntry entry : entries(Pattern.quote(directory) + ".*[^/]")) {
            all.append(text(entry.getName()));
        }
        return all.toString();
    }

    /** Returns the entries whose whole name the expression matches. */
    List<? extends ZipEntry> entries(String name) {
        Pattern pattern = Pattern.compile(name);
        return zip.stream()
                .filter(entry -> pattern.matcher(entry.getName()).matches())
                .toList();
    }

    String text(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(zip.getName() + " has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /**
     * A library of the list.
     *
     * @param licenses the names of its licences, each in parentheses
     */
    record Library(String group, String artifact, String version, String licenses) {
        String coordinates() {
            return group + ":" + artifact + ":" + version;
        }

        String directory() {
            return "META-INF/licenses/" + artifact + "/";
        }
    }
}
