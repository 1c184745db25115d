package io.batchengine.benchmarks.process;

import io.batchengine.model.Text;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The parent's side of a process that runs a {@link CommandLoop}. For one thread. */
public final class WorkerProcess implements AutoCloseable {
    private static final Duration OPENING = Duration.ofSeconds(60);
    private static final Duration CLOSING = Duration.ofSeconds(20);
    private static final int LINES_OF_ERROR = 20;
    private static final String END = "end of output"; // no answer begins so

    private final String name;
    private final Process process;
    private final Path errors;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private WorkerProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a process and waits until it has opened what it serves.
     *
     * @param name what failures call it
     * @param java what it runs on
     * @param options of its JVM
     * @param main its main class, which serves by {@link CommandLoop}
     * @param arguments of that
     * @return the process
     * @throws IOException if it can't be started
     * @throws WorkerFailure if it does not open
     */
    public static WorkerProcess start(
            String name, JavaRuntime java, List<String> options, Class<?> main, List<String> arguments)
            throws IOException, WorkerFailure {
        Path errors = Files.createTempFile("worker-", ".err");
        Process process = new ProcessBuilder(java.command(main, options, arguments))
                .redirectError(errors.toFile())
                .start();
        WorkerProcess worker = new WorkerProcess(name, process, errors);
        Thread reader = new Thread(worker::read, "answers of " + name);
        reader.setDaemon(true);
        reader.start();
        try {
            String unused = worker.answer("open", OPENING);
            return worker;
        } catch (WorkerFailure failure) {
            worker.kill();
            throw failure;
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException closed) {
            // it was killed: that is the end, too
        } finally {
            answers.add(END);
        }
    }

    /**
     * Has it obey a command.
     *
     * @param command a line
     * @param limit how long it may take; then it is killed
     * @return the answer
     * @throws WorkerFailure if it failed, died, or took longer
     */
    public String ask(String command, Duration limit) throws WorkerFailure {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException closed) {
            throw died(command);
        }
        return answer(command, limit);
    }

    /**
     * Has it obey a command that is answered with numbers.
     *
     * @param command a line
     * @param limit how long it may take; then it is killed
     * @return the numbers
     * @throws WorkerFailure if it failed, died, or took longer
     */
    public double[] askNumbers(String command, Duration limit) throws WorkerFailure {
        return Arrays.stream(ask(command, limit).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private String answer(String command, Duration limit) throws WorkerFailure {
        String answer;
        try {
            answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            kill();
            throw new WorkerFailure(Text.format("stopped while %s was at: %s", name, command));
        }
        if (answer == null) {
            kill();
            throw new WorkerFailure(
                    Text.format("%s took more than %d ms for: %s%s", name, limit.toMillis(), command, lastErrors()));
        }
        if (answer.startsWith(CommandLoop.DONE)) {
            return answer.substring(CommandLoop.DONE.length());
        }
        if (answer.startsWith(CommandLoop.FAILED)) {
            throw new WorkerFailure(Text.format(
                    "%s failed at: %s: %s%s",
                    name, command, answer.substring(CommandLoop.FAILED.length()), lastErrors()));
        }
        throw died(command);
    }

    private WorkerFailure died(String command) {
        if (!await()) {
            kill(); // it closed its output and stayed
        }
        return new WorkerFailure(
                Text.format("%s died with exit code %d at: %s%s", name, process.exitValue(), command, lastErrors()));
    }

    private String lastErrors() {
        try {
            List<String> lines = Files.readAllLines(errors, StandardCharsets.ISO_8859_1);
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES_OF_ERROR), lines.size());
            return last.isEmpty() ? "" : "\n    " + String.join("\n    ", last);
        } catch (IOException unreadable) {
            return Text.format("\n    (its standard error can't be read: %s)", unreadable);
        }
    }

    /** Kills it, as a power failure would, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    private boolean await() {
        try {
            return process.waitFor(CLOSING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Has it close what it serves and end; kills it if it does not. */
    @Override
    public void close() throws IOException {
        try {
            commands.close();
        } catch (IOException closed) {
            // it is gone already
        }
        if (!await()) {
            kill();
        }
        Files.deleteIfExists(errors);
    }
}
