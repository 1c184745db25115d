package io.batchengine.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.batchengine.model.BatchEngineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that opens a store, claims what is there, tells so in one line, and waits to be killed. */
final class ChildStore implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private ChildStore(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    public static void main(String[] args) throws IOException {
        try {
            JdbcBatchStore store = JdbcBatchStore.open(args[0]);
            System.out.println(
                    "claimed " + new TestBatches(store).claim("child").size());
        } catch (BatchEngineException refused) {
            System.out.println("refused " + refused.code());
        }
        System.out.flush();
        while (System.in.read() >= 0) {
            // Until its parent ends it, or has ended.
        }
    }

    static ChildStore start(String url) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), ChildStore.class.getName(), url));
        return new ChildStore(
                builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** Its line. */
    @Nullable
    String told() throws IOException {
        return out.readLine();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
