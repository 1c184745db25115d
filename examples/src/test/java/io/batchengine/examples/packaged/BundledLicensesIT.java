package io.batchengine.examples.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.batchengine.examples.packaged.BundledJar.Library;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each jar that carries others' code names every library, and has its licence and its notice. Runs once the jars are packaged. */
class BundledLicensesIT {
    private static final Path ROOT = Path.of(Objects.requireNonNull(
            System.getProperty("maven.multiModuleProjectDirectory"), "maven.multiModuleProjectDirectory"));
    private static final String PROGRAM = "examples/target/batch-docs.jar";
    /** Words that the text of a licence has, by the name in the list. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("Apache-2.0", "Apache License"),
            Map.entry("MIT", "Permission is hereby granted, free of charge"),
            Map.entry("0BSD", "for any purpose with or without fee"),
            Map.entry("BSD-2-Clause", "Redistribution and use in source and binary forms"),
            Map.entry("BSD-3-Clause", "Redistribution and use in source and binary forms"),
            Map.entry("CC0-1.0", "CC0 1.0 Universal"),
            Map.entry("EPL-2.0", "Eclipse Public License - v 2.0"),
            Map.entry("MPL-1.1", "MOZILLA PUBLIC LICENSE"),
            Map.entry("LGPL-2.1 for the plots", "GNU LESSER GENERAL PUBLIC LICENSE"),
            Map.entry("LGPL-3.0 for a comparison", "GNU LESSER GENERAL PUBLIC LICENSE"),
            Map.entry("GPL-2.0 with Classpath exception for measurements", "GNU General Public License"));

    @ParameterizedTest
    @ValueSource(strings = {PROGRAM, "testkit/target/batch-simulator.jar", "benchmarks/target/benchmarks.jar"})
    void every_library_is_listed_and_has_the_text_of_a_licence_that_the_list_tells(String file) throws IOException {
        // A build of this module alone packages no other jar.
        assumeTrue(file.equals(PROGRAM) || Files.exists(ROOT.resolve(file)));
        try (BundledJar jar = new BundledJar(ROOT.resolve(file))) {
            assertThat(jar.listed().stream().map(Library::coordinates))
                    .isNotEmpty()
                    .containsAll(jar.marked());
            for (Library library : jar.listed()) {
                assertThat(words(library)).as(library.toString()).isNotEmpty();
                assertThat(texts(jar, library))
                        .as(library.toString())
                        .containsAnyOf(words(library).toArray(String[]::new));
            }
            assertThat(jar.text("META-INF/LICENSE")).isEqualTo(Files.readString(ROOT.resolve("LICENSE")));
        }
    }

    @Test
    void every_jar_of_the_class_path_that_the_program_carries_is_listed_and_keeps_its_texts() throws IOException {
        int carried = 0;
        try (BundledJar program = new BundledJar(ROOT.resolve(PROGRAM))) {
            List<String> listed = program.listed().stream()
                    .map(library -> library.artifact() + "-" + library.version() + ".jar")
                    .toList();
            for (Path file : libraries()) {
                try (BundledJar library = new BundledJar(file)) {
                    List<? extends ZipEntry> classes = library.entries("(?!META-INF/|module-info).*\\.class");
                    if (!classes.isEmpty() && classes.stream().anyMatch(program::has)) {
                        carried++;
                        assertThat(listed).contains(file.getFileName().toString());
                        assertKept(program, library, file);
                    }
                }
            }
        }
        assertThat(carried).isGreaterThan(30);
    }

    private static void assertKept(BundledJar program, BundledJar library, Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("-\\d.*", "");
        for (ZipEntry text : library.entries("META-INF/(LICENSE|NOTICE|license|notice)[^/]*")) {
            assertThat(program.text("META-INF/licenses/" + name + "/" + text.getName()))
                    .isEqualTo(library.text(text.getName()));
        }
    }

    /** Returns the texts of a library. Where it brings none, the one copy of the Apache License is its text as well. */
    private static String texts(BundledJar jar, Library library) throws IOException {
        String texts = jar.texts(library.directory());
        boolean common = texts.isEmpty() && library.licenses().contains("(Apache-2.0)");
        return (common ? jar.text("META-INF/LICENSE") : texts).replaceAll("\\s+", " ");
    }

    private static List<String> words(Library library) {
        return WORDS.entrySet().stream()
                .filter(word -> library.licenses().contains("(" + word.getKey() + ")"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(entry -> !entry.startsWith(ROOT)) // the project's own, in a build of all modules
                .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("batch-engine-"))
                .toList();
    }
}
