package io.batchengine.examples.batchdocs;

import io.batchengine.documents.OutputFolder;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.JobType;

/** What parse and extract have in common: one batch over one directory. */
final class BatchCommand {
    private final BatchRunner runner;
    private final Console console;

    BatchCommand(Console console, Interruption interruption) {
        this.console = console;
        this.runner = new BatchRunner(console, interruption);
    }

    int run(JobType type, String configurationId, SourceOptions source, RunOptions options, ConfigurationOptions saved)
            throws Exception {
        options.check();
        saved.check();
        source.check(options.output());
        OutputFolder output = OutputFolder.at(options.output());
        RunRequest request = new RunRequest(
                type,
                configurationId,
                Factories.of(type, output, saved.configurations()),
                source.directory,
                options.output(),
                source.glob,
                source.recursive,
                options.threads);
        request.check();
        options.startLog(console);
        try {
            BatchProgress end = runner.run(request, source.json);
            return ExitCode.of(end);
        } finally {
            var unused = output.removeLeftovers();
        }
    }
}
