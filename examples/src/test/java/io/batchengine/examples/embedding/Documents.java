package io.batchengine.examples.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The pages of the project: those at its top, and those below {@code docs}. */
final class Documents {
    static final Path ROOT = Path.of(Objects.requireNonNull(
            System.getProperty("maven.multiModuleProjectDirectory"), "maven.multiModuleProjectDirectory"));
    static final Path README = ROOT.resolve("README.md");

    private Documents() {}

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT)) {
            top.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        pages.addAll(files(ROOT.resolve("docs"), ".md"));
        return pages;
    }

    /** All files below a folder whose names end so, in order. */
    static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
