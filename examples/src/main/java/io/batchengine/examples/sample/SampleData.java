package io.batchengine.examples.sample;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sample data that comes with the program. */
public final class SampleData {
    private static final String RESOURCES = "/sample/";

    /** Names as in a URI, so that they come out as the same bytes whatever the platform's charset is; and what to copy there. */
    private static final Map<String, String> HOSTILE_NAMES = new LinkedHashMap<>();

    static {
        HOSTILE_NAMES.put("with%20some%20spaces.txt", "letter-reclamation.txt"); // with some spaces
        HOSTILE_NAMES.put("Gr%C3%BC%C3%9Fe%20aus%20K%C3%B6ln.rtf", "letter-kuendigung.rtf"); // Grüße aus Köln
        HOSTILE_NAMES.put("launch%20%F0%9F%9A%80.md", "handbook.md"); // a rocket
        HOSTILE_NAMES.put("two%0Alines.csv", "branches.csv");
    }

    private SampleData() {}

    /**
     * Copies the sample documents into a folder, which is made if it is missing. Files of the same names are replaced.
     *
     * @param folder on any file system
     * @return the copies, in order of their names
     * @throws IOException if the folder or a file can't be written
     */
    public static List<Path> unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        for (String name : names()) {
            files.add(copy(name, folder.resolve(name)));
        }
        return List.copyOf(files);
    }

    /**
     * Adds documents whose names trouble careless programs: spaces, umlauts, an emoji, a line break. They are not in the repository,
     * as not every file system takes them.
     *
     * @param folder an existing folder
     * @return the files that the platform allowed
     * @throws IOException if the sample data itself can't be read
     */
    public static List<Path> addHostileNames(Path folder) throws IOException {
        String parent = folder.toUri().toString();
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> entry : HOSTILE_NAMES.entrySet()) {
            URI address = URI.create((parent.endsWith("/") ? parent : parent + "/") + entry.getKey());
            try (InputStream document = open("documents/" + entry.getValue())) {
                tryToCopy(document, address).ifPresent(files::add);
            }
        }
        return List.copyOf(files);
    }

    /** The names of the documents, in order. */
    static List<String> names() throws IOException {
        try (InputStream index = open("index.txt")) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static Path copy(String name, Path target) throws IOException {
        try (InputStream document = open("documents/" + name)) {
            Files.copy(document, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }

    private static Optional<Path> tryToCopy(InputStream document, URI address) {
        try {
            Path target = Path.of(address);
            Files.copy(document, target, StandardCopyOption.REPLACE_EXISTING);
            return Optional.of(target);
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty(); // neither paths nor the file system of this platform may take the name
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream resource = SampleData.class.getResourceAsStream(RESOURCES + name);
        if (resource == null) {
            throw new FileNotFoundException("the sample data is not on the class path: " + RESOURCES + name);
        }
        return resource;
    }
}
