package io.batchengine.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The child's side: opens what it serves, then answers each line of standard input with a line on standard output, until the input ends, be
 * it that the parent has died. What others print goes to standard error.
 */
public final class CommandLoop {
    static final String DONE = "done ";
    static final String FAILED = "failed ";

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
    @SuppressWarnings("SystemOut") // is what the parent reads
    public static void serve(Opening opening) {
        PrintStream answers = System.out;
        System.setOut(System.err);
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

    private static void answerAll(Handler handler, PrintStream answers) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
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

    private static String describe(Throwable failure) {
        failure.printStackTrace();
        return failure.toString().replaceAll("\\R", " ");
    }
}
