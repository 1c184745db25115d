package io.batchengine.benchmarks.process;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The child's side: opens what it serves, then answers each line of standard input with a line on standard output, until the input ends, be
 * it that the parent has died. What others print goes to standard error.
 */
public final class CommandLoop {
    static final String DONE = "done ";
    static final String FAILED = "failed ";

    private static final String END = "";
    private static final Duration ENDING = Duration.ofSeconds(15);

    private CommandLoop() {}

    /** Does what it is told. For one thread. */
    public interface Handler {
        /**
         * Obeys one command.
         *
         * @param words of the command, the first of which is its name
         * @return the answer, a single line
         * @throws Exception whatever went wrong; it is told to the parent
         */
        String obey(List<String> words) throws Exception;

        /**
         * Closes what it serves: there are no more commands.
         *
         * @throws Exception whatever went wrong
         */
        void end() throws Exception;
    }

    /** Opens a handler. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Opens it.
         *
         * @return the handler
         * @throws Exception whatever went wrong; it is told to the parent
         */
        Handler open() throws Exception;
    }

    /**
     * Serves, then ends this process, whatever threads still run.
     *
     * @param opening opens what it serves
     */
    public static void serve(Opening opening) {
        PrintStream answers = stream(FileDescriptor.out);
        System.setOut(stream(FileDescriptor.err));
        int exit = 0;
        try {
            Handler handler = opening.open();
            answers.println(DONE + "open");
            answers.flush();
            answerAll(handler, answers);
            handler.end();
        } catch (Exception | Error failure) {
            answers.println(FAILED + describe(failure));
            exit = 1;
        }
        answers.flush();
        System.exit(exit);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static void answerAll(Handler handler, PrintStream answers) throws InterruptedException {
        BlockingQueue<String> commands = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(commands), "commands");
        reader.setDaemon(true);
        reader.start();
        for (String line = commands.take(); !line.equals(END); line = commands.take()) {
            String answer;
            try {
                answer = DONE + handler.obey(List.of(line.split(" ")));
            } catch (Exception | Error failure) {
                answer = FAILED + describe(failure);
            }
            answers.println(answer);
            answers.flush();
        }
    }

    /** Reads to the end; what is at a command then, or can't be closed, is given a while. */
    private static void read(BlockingQueue<String> commands) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(commands::add);
        } catch (IOException | UncheckedIOException closed) {
            // that is the end, too
        }
        commands.add(END);
        long end = System.nanoTime() + ENDING.toNanos();
        for (long left = ENDING.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        Runtime.getRuntime().halt(1);
    }

    private static String describe(Throwable failure) {
        failure.printStackTrace();
        return failure.toString().replaceAll("\\R", " ");
    }
}
