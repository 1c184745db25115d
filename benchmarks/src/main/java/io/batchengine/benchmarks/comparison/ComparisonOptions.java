package io.batchengine.benchmarks.comparison;

import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.process.JavaRuntime;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param parts of the comparison: storages, and virtual threads
 * @param jobs kinds of jobs
 * @param sizes numbers of files
 * @param contenders labels; all where there is none
 * @param rounds that are measured, as long as there is time
 * @param limit of a round
 * @param cellTime after which no further round of a cell begins
 * @param java what contenders run on
 * @param append whether rows are added to those that are there
 * @param output where rows go
 */
record ComparisonOptions(
        List<String> parts,
        List<JobKind> jobs,
        List<Integer> sizes,
        List<String> contenders,
        int rounds,
        Duration limit,
        Duration cellTime,
        JavaRuntime java,
        boolean append,
        Path output) {
    static final String USAGE = """
            [--only memory,sqlite,postgresql,virtual-threads] [--jobs NO_OP,...] [--sizes 1000,...] [--contenders batch-engine,...]
            [--rounds 9] [--limit SECONDS of a round] [--minutes of a cell] [--java HOME] [--append] [--output FILE]""";
    static final String VIRTUAL_THREADS = "virtual-threads";

    private static final int SECONDS = 120;
    private static final int MINUTES = 10;

    static ComparisonOptions of(String... args) throws IOException {
        List<String> words = List.of(args);
        for (String word : words) {
            if (word.startsWith("--") && !USAGE.contains("[" + word + " ") && !USAGE.contains("[" + word + "]")) {
                throw new IllegalArgumentException(Text.format("unknown: %s%n%s", word, USAGE));
            }
        }
        String home = value(words, "--java", "");
        Path output = Path.of(value(words, "--output", "benchmarks/results/comparison.csv"));
        return new ComparisonOptions(
                list(value(words, "--only", "memory,sqlite,postgresql," + VIRTUAL_THREADS)),
                list(value(words, "--jobs", "NO_OP,FAILING_1_PERCENT,CPU_1_MS,WAIT_10_MS")).stream()
                        .map(JobKind::valueOf)
                        .toList(),
                list(value(words, "--sizes", "1000,10000,100000,1000000,10000000")).stream()
                        .map(Integer::valueOf)
                        .toList(),
                list(value(words, "--contenders", "")),
                Integer.parseInt(value(words, "--rounds", "9")),
                Duration.ofSeconds(Integer.parseInt(value(words, "--limit", "" + SECONDS))),
                Duration.ofMinutes(Integer.parseInt(value(words, "--minutes", "" + MINUTES))),
                home.isEmpty() ? JavaRuntime.own() : JavaRuntime.at(Path.of(home)),
                words.contains("--append") && Files.exists(output),
                output);
    }

    boolean wants(String contender) {
        return contenders.isEmpty() || contenders.contains(contender);
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).filter(one -> !one.isEmpty()).toList();
    }

    private static String value(List<String> words, String name, String otherwise) {
        int at = words.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        if (at + 1 == words.size()) {
            throw new IllegalArgumentException(Text.format("%s lacks its value%n%s", name, USAGE));
        }
        return words.get(at + 1);
    }
}
