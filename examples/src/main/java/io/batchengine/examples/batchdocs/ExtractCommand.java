package io.batchengine.examples.batchdocs;

import io.batchengine.model.JobType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Values from documents, by a configuration. */
@Command(name = "extract", description = "Extracts values from the documents of a directory, by a configuration.")
final class ExtractCommand implements Callable<Integer> {
    private final BatchCommand batch;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final ConfigurationOptions saved = new ConfigurationOptions();

    @Option(
            names = "--config",
            paramLabel = "ID",
            required = true,
            description = "The configuration; see the command configs")
    private String configurationId = "";

    ExtractCommand(BatchCommand batch) {
        this.batch = batch;
    }

    @Override
    public Integer call() throws Exception {
        return batch.run(JobType.EXTRACT_V2, configurationId, source, options, saved);
    }
}
