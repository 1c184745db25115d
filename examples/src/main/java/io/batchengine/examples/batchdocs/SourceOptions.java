package io.batchengine.examples.batchdocs;

import io.batchengine.model.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which files a new batch runs over and what it carries with it, and in which form its result is printed. */
final class SourceOptions {
    static final String JOBS =
            "As --json, and prints a second line of JSON: how the job of each result ended, why it failed, and what it warns of";

    @Parameters(paramLabel = "DIR", description = "The directory of documents", converter = PathConverter.class)
    Path directory = Path.of("");

    @Option(
            names = "--glob",
            paramLabel = "G",
            description = "Only files whose name or relative path matches, such as *.pdf")
    @Nullable
    String glob;

    @Option(names = "--recursive", description = "Also reads the directories below")
    boolean recursive;

    @Mixin
    NewBatchOptions batch = new NewBatchOptions();

    @Option(
            names = "--json",
            description =
                    "Prints the batch with all its results as one JSON document, and nothing else, to standard output")
    private boolean json;

    @Option(names = "--jobs", description = JOBS)
    boolean jobs;

    boolean json() {
        return json || jobs;
    }

    /** Refuses what can be told to be wrong before anything is made. */
    RunSettings settings(Path output) {
        if (!Files.isDirectory(directory)) {
            throw new UsageException(
                    Files.exists(directory)
                            ? Paths.text(directory) + " is not a directory"
                            : "there is no directory " + Paths.text(directory));
        }
        RunSettings settings = RunSettings.of(directory, output, glob, recursive);
        if (settings.directory().equals(settings.output())) {
            throw new UsageException(Text.format(
                    "--output must be another directory than %s; one inside of it is left out", Paths.text(directory)));
        }
        return settings;
    }
}
