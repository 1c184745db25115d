package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.json.NotJsonException;
import io.batchengine.documents.internal.json.StrictJson;
import io.batchengine.model.Text;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** Parses a document, extracts, validates, writes. Shared by all jobs of a factory. */
final class ExtractJob implements Job.BlockingJob {
    private final DocumentParser parser;
    private final Extractor extractor;
    private final ExtractOutput output;
    private final Recent<String, ExtractSnapshot> snapshots = new Recent<>(ExtractSnapshot::read);

    ExtractJob(DocumentParser parser, Extractor extractor, OutputFolder output) {
        this.parser = parser;
        this.extractor = extractor;
        this.output = new ExtractOutput(output);
    }

    @Override
    public Outcome run(JobContext context) throws Exception {
        BooleanSupplier stopRequested =
                () -> context.isStopRequested() || Thread.currentThread().isInterrupted();
        try {
            return run(context.file(), snapshots.get(context.configuration().text()), stopRequested);
        } catch (DocumentException e) {
            return e.outcome();
        } catch (IOException e) {
            return stopRequested.getAsBoolean() ? Outcome.stopped() : Outcome.failedRetryably(Text.describe(e));
        }
    }

    private Outcome run(SourceFile file, ExtractSnapshot snapshot, BooleanSupplier stopRequested) throws Exception {
        ParsedDocument document = parser.parse(file, ParseMode.LAYOUT, stopRequested);
        Extraction extraction = extractor.extract(
                new ExtractionRequest(document, file.name(), snapshot.configuration(), stopRequested));
        JsonNode result = read(extraction);
        List<ExtractFault> faults = snapshot.schema().faults(result, extraction.problems(), stopRequested);
        JsonNode arranged = ResultOrder.arrange(result, snapshot.schema().shape());
        if (stopRequested.getAsBoolean()) {
            return Outcome.stopped();
        }
        if (faults.isEmpty()) {
            output.complete(file, arranged, problems(extraction), document.warnings());
            return Outcome.succeeded();
        }
        output.partial(file, arranged, faults, document.warnings());
        return Outcome.failed(SchemaMessages.sentence(faults));
    }

    private static List<ExtractFault> problems(Extraction extraction) {
        List<ExtractFault> problems = new ArrayList<>();
        extraction.problems().forEach((property, problem) -> problems.add(new ExtractFault(property, problem)));
        return problems;
    }

    private static JsonNode read(Extraction extraction) throws DocumentException {
        String json = extraction.json();
        if (json.length() > Extraction.MAX_LENGTH) {
            throw DocumentException.unusable(Text.format(
                    "the result has %d characters; at most %d are allowed", json.length(), Extraction.MAX_LENGTH));
        }
        try {
            return StrictJson.read(json);
        } catch (NotJsonException e) {
            throw DocumentException.unusable("the extractor's answer " + e.getMessage(), e);
        }
    }
}
