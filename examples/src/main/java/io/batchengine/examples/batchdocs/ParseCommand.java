package io.batchengine.examples.batchdocs;

import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.model.JobType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Documents to Markdown and metadata. */
@Command(name = "parse", description = "Turns the documents of a directory into Markdown and metadata.")
final class ParseCommand implements Callable<Integer> {
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
            description = "The configuration; see the command configs. Default: cfg-PARSE_AGENTIC")
    private String configurationId = ParseJobFactory.AGENTIC;

    ParseCommand(BatchCommand batch) {
        this.batch = batch;
    }

    @Override
    public Integer call() throws Exception {
        return batch.run(JobType.PARSE_V2, configurationId, source, options, saved);
    }
}
