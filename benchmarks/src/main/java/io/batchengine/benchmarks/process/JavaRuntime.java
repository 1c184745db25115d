package io.batchengine.benchmarks.process;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The Java that children run on.
 *
 * @param home its folder
 * @param feature its version, such as 17
 */
public record JavaRuntime(Path home, int feature) {
    private static final int ASKS_FOR_NATIVE_ACCESS = 22;

    /**
     * That of this process.
     *
     * @return it
     */
    public static JavaRuntime own() {
        return new JavaRuntime(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /**
     * Another.
     *
     * @param home its folder
     * @return it
     * @throws IOException if there is none
     */
    public static JavaRuntime at(Path home) throws IOException {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return new JavaRuntime(home, Runtime.Version.parse(version).feature());
    }

    /** The command that runs a class from this process's class path. */
    List<String> command(Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("java").toString());
        if (feature >= ASKS_FOR_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED"); // for SQLite
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
