package io.batchengine.examples.modules;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.parse.DocumentParsers;
import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.model.Batch;
import io.batchengine.model.JobType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Parses the documents of a directory. Arguments: the directory, and a file beside which the outputs go. */
final class ParsedInbox {
    private ParsedInbox() {}

    public static void main(String[] args) {
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0]))))
                .jobFactory(ParseJobFactory.of(
                        DocumentParsers.tika(DocumentLimits.DEFAULT),
                        Configurations.none(),
                        OutputFolder.at(Path.of(args[1]).resolveSibling("out"))))
                .build()) {
            Batch batch = engine.batches().create("dir-inbox", JobType.PARSE_V2, ParseJobFactory.FAST);
            Batch ended = engine.batches().await(batch.id(), Duration.ofMinutes(1));
            System.out.println(ended.id() + " is " + ended.status());
            engine.batches()
                    .jobs(ended.id())
                    .forEach(job -> System.out.println(job.fileId() + " " + job.status() + " " + job.errorMessage()));
        }
    }
}
