package io.batchengine.examples.batchdocs;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.extract.ExtractJobFactory;
import io.batchengine.documents.parse.DocumentParsers;
import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import java.util.List;

/** The job factories of both types. */
final class FactoryChoice {
    static final List<JobType> TYPES = List.of(JobType.PARSE_V2, JobType.EXTRACT_V2);

    private FactoryChoice() {}

    static JobFactory of(JobType type, OutputFolder output, Configurations configurations) {
        DocumentParser parser = DocumentParsers.tika(DocumentLimits.DEFAULT);
        return type.equals(JobType.PARSE_V2)
                ? ParseJobFactory.of(parser, configurations, output)
                : ExtractJobFactory.of(parser, configurations, output);
    }
}
