package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.process.JavaRuntime;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param only the names of the targets to measure; all where there is none
 * @param rounds that are measured
 * @param files of the rounds of rates, instead of each one's own; 0 for those
 * @param java what the children run on
 * @param output where the table is written, if at all
 */
record Options(List<String> only, int rounds, int files, JavaRuntime java, Optional<Path> output) {
    static final String USAGE = "arguments: [--only name,...] [--rounds N] [--files N] [--java HOME] [output.csv]";
    private static final int ROUNDS = 9;
    private static final Path OUTPUT = Path.of("benchmarks", "results", "targets.csv");

    static Options of(String... args) throws IOException {
        List<String> only = List.of();
        int rounds = ROUNDS;
        int files = 0;
        JavaRuntime java = JavaRuntime.own();
        Optional<Path> output = Optional.empty();
        Iterator<String> words = List.of(args).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--only" -> only = List.of(value(word, words).split(","));
                case "--rounds" -> rounds = Integer.parseInt(value(word, words));
                case "--files" -> files = Integer.parseInt(value(word, words));
                case "--java" -> java = JavaRuntime.at(Path.of(value(word, words)));
                default -> output = Optional.of(path(word));
            }
        }
        if (only.isEmpty() && output.isEmpty()) {
            output = Optional.of(OUTPUT);
        }
        return new Options(only, rounds, files, java, output);
    }

    private static String value(String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(Text.format("%s lacks its value; %s", word, USAGE));
        }
        return words.next();
    }

    private static Path path(String word) {
        if (word.startsWith("-")) {
            throw new IllegalArgumentException(Text.format("unknown: %s; %s", word, USAGE));
        }
        return Path.of(word);
    }

    boolean asksFor(Goal goal) {
        return only.isEmpty() || only.contains(goal.name());
    }
}
