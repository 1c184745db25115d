package io.batchengine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.model.AccessModifier;
import japicmp.model.JApiClass;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The comparison of the API with its baseline, with the settings of the build: it must find what breaks code of users. The API that is changed
 * here is that of the SPI, compiled from its sources.
 */
class ApiComparisonTest {
    private static final Path ROOT = Path.of(System.getProperty("maven.multiModuleProjectDirectory"));
    private static final Path BASELINE = ROOT.resolve("spi/src/test/api/batch-engine-spi.jar");
    private static final String OPTIONS = "io/batchengine/model/BatchOptions.java";
    private static final String SOURCE_FILE = "io/batchengine/spi/SourceFile.java";
    private static final String FORWARDING = "io/batchengine/spi/store/ForwardingBatchStore.java";

    @TempDir
    private Path folder;

    @Test
    void each_baseline_names_the_commit_that_it_was_built_from() throws IOException {
        for (String jar : List.of(
                "spi/src/test/api/batch-engine-spi.jar",
                "core/src/test/api/batch-engine-core.jar",
                "testkit/src/test/api/batch-engine-testkit.jar",
                "adapters/jdbc/src/test/api/batch-engine-jdbc.jar",
                "adapters/documents/src/test/api/batch-engine-documents.jar")) {
            try (JarFile baseline = new JarFile(ROOT.resolve(jar).toFile())) {
                assertThat(baseline.getManifest().getMainAttributes().getValue("Api-Commit"))
                        .as(jar)
                        .matches("[0-9a-f]{40}");
                assertThat(baseline.stream().map(JarEntry::getName))
                        .as(jar)
                        .noneMatch(name -> name.contains("/internal/"));
            }
        }
    }

    @Test
    void an_api_that_did_not_change_breaks_nothing() throws IOException {
        Path same = jarOf(compiled("", "", ""));
        assertThat(broken(same, jarOf(compiled("", "", "")))).isEmpty();
    }

    @Test
    void a_removed_method_is_reported() throws IOException {
        assertThat(changed(OPTIONS, "public double weight()", "double weight()"))
                .contains("BatchOptions#weight");
    }

    @Test
    void a_new_abstract_method_is_reported() throws IOException {
        assertThat(changed(SOURCE_FILE, "    String name();", "    String name();\n\n    String checksum();"))
                .contains("SourceFile#checksum");
    }

    @Test
    void a_changed_constructor_is_reported() throws IOException {
        assertThat(changed(FORWARDING, "ForwardingBatchStore() {}", "ForwardingBatchStore(String name) {}"))
                .contains("ForwardingBatchStore#ForwardingBatchStore");
    }

    private Set<String> changed(String file, String before, String after) throws IOException {
        Path old = jarOf(compiled("", "", ""));
        return broken(old, jarOf(compiled(file, before, after)));
    }

    @Test
    void the_baseline_itself_is_compared() throws IOException {
        Path removed = jarOf(compiled(OPTIONS, "public double weight()", "double weight()"));
        assertThat(broken(BASELINE, removed)).contains("BatchOptions#weight");
    }

    /** What a user's code may break on, as type and member. */
    private static Set<String> broken(Path old, Path present) {
        JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
        options.setAccessModifier(AccessModifier.PROTECTED);
        options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
        List<JApiClass> classes = new JarArchiveComparator(options)
                .compare(
                        List.of(new JApiCmpArchive(old.toFile(), "old")),
                        List.of(new JApiCmpArchive(present.toFile(), "new")));
        Set<String> broken = new TreeSet<>();
        for (JApiClass type : classes) {
            String name = type.getFullyQualifiedName().replaceFirst(".*[.]", "");
            type.getMethods().stream()
                    .filter(method -> !method.isBinaryCompatible() || !method.isSourceCompatible())
                    .forEach(method -> broken.add(name + "#" + method.getName()));
            type.getConstructors().stream()
                    .filter(constructor -> !constructor.isBinaryCompatible() || !constructor.isSourceCompatible())
                    .forEach(constructor -> broken.add(name + "#" + constructor.getName()));
        }
        return broken;
    }

    /** The classes of the SPI, with one of its sources changed. */
    private Path compiled(String file, String before, String after) throws IOException {
        Path sources = ROOT.resolve("spi/src/main/java");
        Path changed = Files.createTempDirectory(folder, "src");
        List<Path> all;
        try (Stream<Path> walk = Files.walk(sources)) {
            all = walk.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("module-info.java"))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        if (!file.isEmpty()) {
            String text = Files.readString(sources.resolve(file));
            assertThat(text).contains(before);
            Path copy = changed.resolve(Path.of(file).getFileName());
            Files.writeString(copy, text.replace(before, after));
            all.remove(sources.resolve(file));
            all.add(copy);
        }
        Path classes = Files.createTempDirectory(folder, "classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean done = compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
                    .call();
            assertThat(done).as(Text.format("compiles with %s changed", file)).isTrue();
        }
        return classes;
    }

    private Path jarOf(Path classes) throws IOException {
        Path jar = Files.createTempFile(folder, "api", ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> walk = Files.walk(classes)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
