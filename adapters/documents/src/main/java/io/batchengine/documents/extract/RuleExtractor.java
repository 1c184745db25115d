package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.internal.json.NotJsonException;
import io.batchengine.documents.internal.json.StrictJson;

/** Extraction by the rules of the configuration. */
final class RuleExtractor implements Extractor {
    private final Recent<ExtractConfiguration, RuleSet> recent = new Recent<>(RuleExtractor::read);

    @Override
    public Extraction extract(ExtractionRequest request) throws DocumentException {
        var run = new RuleRun(recent.get(request.configuration()), request);
        return new Extraction(StrictJson.pretty(run.values()), run.problems());
    }

    @Override
    public void check(ExtractConfiguration configuration) {
        if (recent.get(configuration).properties().isEmpty()) {
            throw ConfigurationObject.fault("rules", "must have a rule for at least one property");
        }
    }

    private static RuleSet read(ExtractConfiguration configuration) {
        try {
            SchemaShape schema = SchemaShape.of(StrictJson.read(configuration.schema()));
            return RuleReader.read(StrictJson.read(configuration.rules()), schema, "rules");
        } catch (NotJsonException e) {
            throw new IllegalArgumentException("the configuration " + e.getMessage(), e);
        }
    }
}
