package io.batchengine.benchmarks.comparison;

import com.sun.management.OperatingSystemMXBean;
import io.batchengine.benchmarks.process.JavaRuntime;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;

/**
 * What was measured where.
 *
 * @param commit of the working tree, with a plus where it is changed
 * @param machine cores, memory and operating system
 * @param java the version that contenders run on
 * @param versions of contenders
 */
record Environment(String commit, String machine, String java, Properties versions) {
    private static final long GIBIBYTE = 1L << 30;

    static Environment of(JavaRuntime java) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        String machine = Text.format(
                "%d cores; %d GB; %s %s",
                system.getAvailableProcessors(),
                Math.round(system.getTotalMemorySize() / (double) GIBIBYTE),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        String changed = git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+";
        return new Environment(git("rev-parse", "--short", "HEAD") + changed, machine, version(java), readVersions());
    }

    /** Empty where it is not known. */
    String version(String contender) {
        String version = versions.getProperty(contender.startsWith(Cells.ENGINE) ? Cells.ENGINE : contender, "");
        return version.startsWith("$") ? "" : version;
    }

    private static String version(JavaRuntime java) throws IOException {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(java.home().resolve("release"))) {
            release.load(reader);
        }
        return release.getProperty("JAVA_VERSION", "" + java.feature()).replace("\"", "");
    }

    private static Properties readVersions() throws IOException {
        Properties versions = new Properties();
        try (InputStream file = Environment.class.getResourceAsStream("versions.properties")) {
            if (file != null) {
                versions.load(file);
            }
        }
        return versions;
    }

    private static String git(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
