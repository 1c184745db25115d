package io.batchengine.examples.embedding;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a main class printed. */
final class Printed {
    /** A main class. */
    interface Main {
        void run(String[] args) throws Exception;
    }

    private Printed() {}

    /** Runs a main class with standard output caught; gives its lines. */
    static List<String> by(Main main, Object... args) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            String[] texts = new String[args.length];
            for (int i = 0; i < args.length; i++) {
                texts[i] = args[i].toString();
            }
            main.run(texts);
        } finally {
            System.setOut(before);
        }
        return caught.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
