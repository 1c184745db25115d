package io.batchengine.documents;

import io.batchengine.documents.internal.json.NotJsonException;
import io.batchengine.documents.internal.json.StrictJson;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a job told in a JSON file beside its output. A file that is not there, or is larger than any job writes, tells nothing. */
final class Told {
    private static final long MAX_BYTES = 64L << 20;

    private final @Nullable JsonNode content;

    Told(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            content = null;
            return;
        }
        try {
            content = StrictJson.read(Files.readString(file));
        } catch (NotJsonException e) {
            throw new IOException(Text.format("the file %s %s", Text.quote(file.toString()), e.getMessage()), e);
        }
    }

    /** What of the document was not read. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        JsonNode listed = content == null ? null : content.get(ParsedDocument.WARNINGS);
        if (listed != null) {
            listed.forEach(each -> warnings.add(each.asString()));
        }
        return warnings;
    }

    /** What was left out of a result, and why. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        JsonNode listed = content == null ? null : content.get("problems");
        if (listed != null) {
            listed.forEach(each -> problems.add(each.path("property").asString("") + ": "
                    + each.path("problem").asString("")));
        }
        return problems;
    }
}
