package io.batchengine.examples.batchdocs;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCategory;
import io.batchengine.model.Text;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;

/** The program {@code batch-docs}. */
@Command(
        name = "batch-docs",
        description = "Runs one job for every document of a directory.",
        footer = {
            "",
            "Exit codes: 0 completed; 1 completed, some files failed; 2 refused, nothing was done;",
            "3 the batch failed or was cancelled; 4 another process holds the store;",
            "5 the store is damaged: what can be read was printed, and the errors name the rest;",
            "130 interrupted by Ctrl-C, 143 by SIGTERM: the command resume continues the batch."
        })
public final class BatchDocs implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(BatchDocs.class);

    private BatchDocs() {}

    /**
     * Runs the program and ends the virtual machine.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        Interruption interruption = new Interruption();
        interruption.install();
        ScratchFolder.create();
        int code = ExitCode.BATCH_FAILED;
        try {
            code = run(console, interruption, ProgramArguments.lossless(args));
        } catch (Throwable e) { // an error, such as too little memory
            console.error(Text.describe(e));
        } finally {
            interruption.finished();
        }
        System.exit(code);
    }

    /** Runs the program; returns its exit code. */
    static int run(Console console, Interruption interruption, String... args) {
        Logs.toNowhere();
        int code = commandLine(console, interruption).execute(args);
        console.out().flush();
        console.err().flush();
        return interruption.isRequested() ? interruption.code() : code;
    }

    /** Called where no command is given. */
    @Override
    public Integer call() {
        throw new UsageException(
                "a command is missing: sample, parse, extract, resume, list, show, results, cancel, backup or configs; see --help");
    }

    private static CommandLine commandLine(Console console, Interruption interruption) {
        BatchCommand batch = new BatchCommand(console, interruption);
        CommandLine line = new CommandLine(new BatchDocs())
                .addSubcommand(new SampleCommand(console, interruption))
                .addSubcommand(new ParseCommand(batch))
                .addSubcommand(new ExtractCommand(batch))
                .addSubcommand(new ResumeCommand(console, interruption))
                .addSubcommand(new ListCommand(console))
                .addSubcommand(new ShowCommand(console))
                .addSubcommand(new ResultsCommand(console))
                .addSubcommand(new CancelCommand(console))
                .addSubcommand(new BackupCommand(console))
                .addSubcommand(new ConfigsCommand(console));
        String version = BatchDocs.class.getPackage().getImplementationVersion();
        addHelp(line, version == null ? "unpackaged" : version);
        line.getSubcommands()
                .values()
                .forEach(command -> addHelp(command, line.getCommandSpec().version()));
        return line.setExpandAtFiles(false) // a file name may begin with an @
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setParameterExceptionHandler((e, arguments) -> refused(console, e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(console, e));
    }

    private static void addHelp(CommandLine line, String... version) {
        line.getCommandSpec().mixinStandardHelpOptions(true).version(version);
    }

    private static int refused(Console console, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        console.error(Text.format("%s; see %s --help", e.getMessage(), command));
        return ExitCode.USAGE;
    }

    private static int failed(Console console, Exception e) {
        if (e instanceof UsageException usage) {
            console.error(String.valueOf(e.getMessage()));
            return usage.exitCode();
        }
        if (e instanceof BatchEngineException engine && engine.category() == ErrorCategory.USER) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        }
        log.error("failed", e);
        if (StoreDamage.isToldBy(e)) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.STORE_DAMAGED;
        }
        console.error(Text.describe(e));
        return ExitCode.BATCH_FAILED;
    }
}
