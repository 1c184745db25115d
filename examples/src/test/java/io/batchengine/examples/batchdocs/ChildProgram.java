package io.batchengine.examples.batchdocs;

import io.batchengine.examples.batchdocs.Program.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The program in a virtual machine of its own, with a locale of its own. */
final class ChildProgram implements AutoCloseable {
    private final Process process;
    private final CompletableFuture<String> out;
    private final CompletableFuture<String> err;

    private ChildProgram(Process process) {
        this.process = process;
        this.out = CompletableFuture.supplyAsync(() -> read(process.inputReader(StandardCharsets.UTF_8)));
        this.err = CompletableFuture.supplyAsync(() -> read(process.errorReader(StandardCharsets.UTF_8)));
    }

    /**
     * Starts it.
     *
     * @param locale for LC_ALL
     * @param arguments as a shell script has them, in bytes, so that they may be anything
     */
    static ChildProgram start(Path scratch, String locale, byte[]... arguments) throws IOException {
        Path script = Files.createTempFile(scratch, "run", ".sh");
        var line = new java.io.ByteArrayOutputStream();
        line.writeBytes("exec \"$@\"".getBytes(StandardCharsets.US_ASCII));
        for (byte[] argument : arguments) {
            line.writeBytes(" '".getBytes(StandardCharsets.US_ASCII));
            line.writeBytes(argument);
            line.write('\'');
        }
        Files.write(script, line.toByteArray());
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A short-lived one: not worth its better compiler.
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED"); // the program's jar says so itself
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BatchDocs.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        builder.environment().put("LC_ALL", locale);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new ChildProgram(builder.start());
    }

    /** Ctrl-C; where this virtual machine itself ignores that, and so its children do, the signal that means the same. */
    void interrupt() throws IOException, InterruptedException {
        signal(ignoresInterrupts() ? "TERM" : "INT");
    }

    void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    static int interruptedCode() throws IOException {
        return ignoresInterrupts() ? 128 + 15 : ExitCode.INTERRUPTED;
    }

    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) & 0b10) != 0;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    Run end() throws InterruptedException {
        int code = process.waitFor();
        return new Run(code, out.join(), err.join());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String read(java.io.Reader reader) {
        try (reader) {
            var text = new java.io.StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
