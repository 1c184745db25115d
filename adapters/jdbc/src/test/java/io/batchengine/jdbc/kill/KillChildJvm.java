package io.batchengine.jdbc.kill;

import io.batchengine.model.Text;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The command of a child, made to start fast, for a run needs thousands: no optimizing compiler, no logging back end, and the classes out of
 * an archive that one child makes before the others, for which they have to be in jars.
 *
 * @param folder where jars and archives are
 * @param classPath of jars only
 * @param archive the class archive, which may not be there
 */
record KillChildJvm(Path folder, String classPath, Path archive) implements AutoCloseable {
    private static final String DRIVER = "libsqlitejdbc.so";
    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+DisplayVMOutputToStderr",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED");

    /** Makes what children of this process need. */
    static KillChildJvm prepare(Path folder) {
        List<String> jars = new ArrayList<>();
        boolean logs = Boolean.getBoolean("batchengine.kill.log");
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(path)) {
                jars.add(jar(path, folder.resolve("classes-" + jars.size() + ".jar"))
                        .toString());
            } else if (Files.exists(path) && (logs || !entry.contains("logback"))) {
                jars.add(path.toString());
            }
        }
        unpackDriver(folder);
        return new KillChildJvm(folder, String.join(File.pathSeparator, jars), folder.resolve("classes.jsa"));
    }

    /** Otherwise each child would unpack it for itself, and leave it behind when it is killed. */
    private static void unpackDriver(Path folder) {
        String processor = System.getProperty("os.arch").replace("amd64", "x86_64");
        String name = Text.format("/org/sqlite/native/Linux/%s/%s", processor, DRIVER);
        try (InputStream library = KillChildJvm.class.getResourceAsStream(name)) {
            if (library != null) {
                Files.copy(library, folder.resolve(DRIVER), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Has one child run a workload to its end, to see which classes there are. */
    KillChildJvm withArchive(String store) {
        try {
            Path errors = Files.createTempFile(folder, "archive", ".err");
            KillViolations violations = new KillViolations();
            ChildOptions options = ChildOptions.of(store, 1, Workload.Shape.TRACE);
            Ledger ledger = new Ledger(options.workload(), violations);
            try (KillChild child =
                    KillChild.start(0, ledger, command("-XX:ArchiveClassesAtExit=" + archive), options, errors)) {
                int exit = child.exit(Duration.ofMinutes(1));
                if (exit != 0 || !violations.isEmpty()) {
                    throw new IllegalStateException(Text.format(
                            "a child without a kill fails with exit code %d: %s%n%s",
                            exit, violations.all(), child.errors()));
                }
            }
            Files.delete(errors);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<String> command() {
        return command("-XX:SharedArchiveFile=" + archive);
    }

    private List<String> command(String flag) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-Dorg.sqlite.lib.path=" + folder, "-Dorg.sqlite.tmpdir=" + folder));
        command.addAll(List.of(flag, "-cp", classPath, ChildMain.class.getName()));
        return command;
    }

    /** Removes what was made; a store that is left there for a look at it stays. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (DirectoryNotEmptyException left) {
            // A store that is to be looked at.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path jar(Path directory, Path jar) {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                entries.putNextEntry(
                        new JarEntry(directory.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
