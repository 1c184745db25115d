package io.batchengine.documents.parse;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.json.StrictJson;
import io.batchengine.model.Text;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one document and writes its outputs. */
final class ParseJob implements Job.BlockingJob {
    private static final String METADATA = ".meta.json";

    private final DocumentParser parser;
    private final OutputFolder outputs;
    private final ParseParameters parameters;

    ParseJob(DocumentParser parser, OutputFolder outputs, ParseParameters parameters) {
        this.parser = parser;
        this.outputs = outputs;
        this.parameters = parameters;
    }

    @Override
    public Outcome run(JobContext context) {
        SourceFile file = context.file();
        try {
            ParsedDocument document = parser.parse(file, parameters.mode(), context::isStopRequested);
            if (context.isStopRequested()) {
                return Outcome.stopped();
            }
            outputs.write(file, ".md", document.markdown());
            if (parameters.metadata() || !document.warnings().isEmpty()) {
                outputs.write(file, METADATA, StrictJson.pretty(json(document)));
            } else { // that of an earlier run tells of another text
                outputs.remove(file, METADATA);
            }
            return Outcome.succeeded();
        } catch (DocumentException e) {
            Outcome outcome = e.outcome();
            return outcome instanceof Outcome.Stopped && !context.isStopRequested()
                    ? Outcome.failedRetryably("reading the document was interrupted")
                    : outcome;
        } catch (IOException e) {
            if (context.isStopRequested()) { // its interrupt can end a write too
                return Outcome.stopped();
            }
            return Outcome.failedRetryably(Text.printable(String.valueOf(e.getMessage())));
        }
    }

    /** A single value stands for itself, several as an array; warnings are always one. Text alone comes with warnings alone. */
    private Map<String, Object> json(ParsedDocument document) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (parameters.metadata()) {
            document.metadata()
                    .forEach((name, values) -> fields.put(name, values.size() == 1 ? values.get(0) : values));
        }
        if (!document.warnings().isEmpty()) {
            fields.put(ParsedDocument.WARNINGS, document.warnings());
        }
        return fields;
    }
}
