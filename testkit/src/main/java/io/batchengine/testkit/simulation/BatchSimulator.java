package io.batchengine.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The simulator as a program: runs seeds, or a sweep, of the engine itself.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@Command(
        name = "batch-simulator",
        mixinStandardHelpOptions = true,
        description = "Runs the engine in simulated time with faults drawn from seeds, and checks what must hold.",
        footer = "Exit code: 0 where all held, 1 where something did not, 2 for bad arguments.")
public final class BatchSimulator implements Callable<Integer> {
    private static final int MOST_ENGINES = 100;

    private final PrintStream out;
    private final Simulation simulation;

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--seeds", paramLabel = "N", description = "how many seeds (default: ${DEFAULT-VALUE})")
    private long seeds = 10_000;

    @Option(names = "--from", paramLabel = "S", description = "the first seed (default: ${DEFAULT-VALUE})")
    private long from;

    @Option(names = "--engines", paramLabel = "K", description = "engines at a time; 0 draws 1 to 3 (default: 0)")
    private int engines;

    @Option(names = "--threads", paramLabel = "T", description = "runs at a time (default: three for two processors)")
    private int threads = fillingAll(Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--sweep",
            paramLabel = "1|2",
            description = "instead of seeds: one fault at each call of the store, or two at calls close together")
    private int sweep;

    /** A run spends a third of its time waiting until the thread runs that it has handed over to. */
    private static int fillingAll(int processors) {
        return processors + processors / 2;
    }

    private BatchSimulator(PrintStream out, Simulation simulation) {
        this.out = out;
        this.simulation = simulation;
    }

    /**
     * Runs the program.
     *
     * @param arguments {@code --help} tells
     */
    public static void main(String[] arguments) {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // engines log into nothing here, and on purpose
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, Simulation.ofEngines(), arguments));
    }

    /** The program, without its exit, on any simulation. */
    static int run(PrintStream out, PrintStream err, Simulation simulation, String... arguments) {
        return new CommandLine(new BatchSimulator(out, simulation))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    @Override
    public Integer call() {
        require(seeds >= 0, "--seeds " + seeds + ": 0 or more");
        require(engines >= 0 && engines <= MOST_ENGINES, "--engines " + engines + ": 0 to " + MOST_ENGINES);
        require(threads >= 1, "--threads " + threads + ": 1 or more");
        require(sweep >= 0 && sweep <= 2, "--sweep " + sweep + ": 1 or 2");
        Simulation asked = simulation.engines(engines).threads(threads);
        SimulationReport report = sweep > 0 ? asked.sweep(sweep) : asked.run(from, seeds);
        report.failures().forEach(out::println);
        out.print(report.table());
        out.println(report.summary());
        return report.violations() == 0 ? 0 : 1;
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new CommandLine.ParameterException(requireNonNull(command).commandLine(), message);
        }
    }
}
