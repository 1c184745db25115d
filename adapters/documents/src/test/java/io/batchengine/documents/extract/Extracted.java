package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.json.NotJsonException;
import io.batchengine.documents.internal.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** Runs the rule extractor over a piece of Markdown, and holds what came out. */
record Extracted(JsonNode json, Map<String, String> problems) {
    private static final String ANY_SCHEMA = "{\"type\":\"object\"}";

    /** Rules in JSON with single quotes. */
    static Extracted from(String markdown, String rules) {
        return from(markdown, Map.of(), "file.txt", rules, () -> false);
    }

    static Extracted from(
            String markdown,
            Map<String, List<String>> metadata,
            String fileName,
            String rules,
            BooleanSupplier stopRequested) {
        var configuration = new ExtractConfiguration(ANY_SCHEMA, rules.replace('\'', '"'));
        try {
            Extraction extraction = new RuleExtractor()
                    .extract(new ExtractionRequest(
                            new ParsedDocument(markdown, metadata), fileName, configuration, stopRequested));
            return new Extracted(StrictJson.read(extraction.json()), extraction.problems());
        } catch (DocumentException | NotJsonException e) {
            throw new AssertionError(e);
        }
    }

    /** The value of the only rule {@code v}, as text; empty where it was not found. */
    static String value(String markdown, String rule) {
        JsonNode value = from(markdown, "{'v':" + rule + "}").json().get("v");
        return value == null ? "" : value.isString() ? value.stringValue() : value.toString();
    }
}
