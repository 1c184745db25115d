package io.batchengine.examples.batchdocs;

import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.examples.sample.SampleData;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A parse and an extract batch over the documents that come with the program. */
@Command(
        name = "sample",
        description = "Runs a parse and an extract batch over the sample documents, of which some are bad by intent.")
final class SampleCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private final RunOptions options = new RunOptions();

    SampleCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        options.check();
        options.startLog(console);
        OutputFolder output = OutputFolder.at(options.output());
        Path documents = options.output().resolve("sample-input");
        Files.createDirectories(documents);
        var unusedPlain = SampleData.unpack(documents);
        var unusedHostile = SampleData.addHostileNames(documents);
        try {
            for (RunRequest request : List.of(
                    request(JobType.PARSE_V2, ParseJobFactory.AGENTIC, documents, output, null),
                    request(JobType.EXTRACT_V2, SampleConfigurations.INVOICE, documents, output, "invoice-*"))) {
                BatchProgress end = run(request);
                if (end.status() != BatchStatus.COMPLETED) {
                    return ExitCode.of(end);
                }
            }
            return ExitCode.COMPLETED;
        } finally {
            var unused = output.removeLeftovers();
        }
    }

    private BatchProgress run(RunRequest request) throws Exception {
        console.out()
                .printf(
                        "%n%s with %s: from %s to %s%n%n",
                        request.type(),
                        request.configurationId(),
                        Paths.text(request.directory()),
                        Paths.text(request.output()));
        return new BatchRunner(console, interruption).run(request, false);
    }

    private RunRequest request(
            JobType type, String configurationId, Path documents, OutputFolder output, @Nullable String glob) {
        return new RunRequest(
                type,
                configurationId,
                Factories.of(type, output, SampleConfigurations.INSTANCE),
                documents,
                options.output(),
                glob,
                false,
                options.threads);
    }
}
