package io.batchengine.documents.extract;

import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.json.StrictJson;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes what was extracted from a file: the result, and beside it what could not be had. */
final class ExtractOutput {
    static final String RESULT = ".extract.json";
    static final String PROBLEMS = ".extract.problems.json";
    private static final int MAX_PROBLEMS = 1_000;

    private final OutputFolder folder;

    ExtractOutput(OutputFolder folder) {
        this.folder = folder;
    }

    /** Writes a valid result; and its problems and the document's warnings, or else removes those of an earlier run. */
    void complete(SourceFile file, JsonNode result, List<ExtractFault> problems, List<String> warnings)
            throws IOException {
        folder.write(file, RESULT, StrictJson.pretty(result));
        if (problems.isEmpty() && warnings.isEmpty()) {
            folder.remove(file, PROBLEMS);
        } else {
            folder.write(file, PROBLEMS, StrictJson.pretty(told(false, problems, warnings)));
        }
    }

    /** Writes a result that is not valid, beside where a valid one would be. */
    void partial(SourceFile file, JsonNode found, List<ExtractFault> problems, List<String> warnings)
            throws IOException {
        Map<String, Object> told = told(true, problems, warnings);
        told.put("found", found);
        folder.write(file, PROBLEMS, StrictJson.pretty(told));
    }

    private static Map<String, Object> told(boolean partial, List<ExtractFault> problems, List<String> warnings) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("partial", partial);
        told.put(
                "problems",
                problems.stream().limit(MAX_PROBLEMS).map(ExtractOutput::fields).toList());
        if (problems.size() > MAX_PROBLEMS) {
            told.put("more_problems", problems.size() - MAX_PROBLEMS);
        }
        if (!warnings.isEmpty()) {
            told.put(ParsedDocument.WARNINGS, warnings);
        }
        return told;
    }

    private static Map<String, String> fields(ExtractFault fault) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("property", fault.property());
        fields.put("problem", fault.problem());
        return fields;
    }
}
