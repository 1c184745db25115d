package io.batchengine.json;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchResult;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobReference;
import io.batchengine.model.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Writes the wire JSON piece by piece, so that its length costs no memory. */
final class WireWriter {
    // Content is not closed by itself: after a failure half a document must not look like a whole one.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .characterEscapes(new SafeEscapes())
            .build();

    private final JsonGenerator out;

    private WireWriter(JsonGenerator out) {
        this.out = out;
    }

    /** Writes one JSON value to a stream, which is flushed and not closed. */
    static <T> void write(OutputStream target, T value, BiConsumer<WireWriter, T> form) throws IOException {
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), target, JsonEncoding.UTF8)) {
            form.accept(new WireWriter(out), value);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    static <T> String write(T value, BiConsumer<WireWriter, T> form) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(bytes, value, form);
        } catch (IOException e) {
            throw new AssertionError("a stream in memory failed", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    void batch(Batch batch) {
        batch(batch, batch.results() == null ? null : batch.results().iterator());
    }

    void batch(Batch batch, @Nullable Iterator<? extends BatchResult> results) {
        out.writeStartObject();
        string("id", batch.id());
        out.writeObjectPropertyStart("config");
        out.writeObjectPropertyStart("job");
        string("type", batch.config().job().type().name());
        string("configuration_id", batch.config().job().configurationId());
        out.writeEndObject();
        out.writeEndObject();
        string("project_id", batch.projectId());
        string("source_directory_id", batch.sourceDirectoryId());
        string("status", batch.status().name());
        time("created_at", batch.createdAt());
        time("updated_at", batch.updatedAt());
        if (results == null) {
            out.writeNullProperty("results");
        } else {
            out.writeArrayPropertyStart("results");
            results.forEachRemaining(this::result);
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    void result(BatchResult result) {
        out.writeStartObject();
        string("source_directory_file_id", result.sourceDirectoryFileId());
        string("error_message", result.errorMessage());
        JobReference job = result.jobReference();
        if (job == null) {
            out.writeNullProperty("job_reference");
        } else {
            out.writeObjectPropertyStart("job_reference");
            string("id", job.id());
            string("type", job.type().name());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    void job(JobRecord job) {
        out.writeStartObject();
        string("id", job.id());
        string("type", job.type().name());
        string("status", job.status().name());
        string("error_message", job.errorMessage());
        string("batch_id", job.batchId());
        string("file_id", job.fileId());
        out.writeNumberProperty("attempts", job.attempts());
        time("started_at", job.startedAt());
        time("finished_at", job.finishedAt());
        out.writeEndObject();
    }

    <T> void page(Page<T> page, BiConsumer<WireWriter, T> item) {
        out.writeStartObject();
        out.writeArrayPropertyStart("items");
        page.items().forEach(value -> item.accept(this, value));
        out.writeEndArray();
        string("next_page_token", page.nextPageToken());
        if (page.totalSize().isPresent()) {
            out.writeNumberProperty("total_size", page.totalSize().getAsLong());
        } else {
            out.writeNullProperty("total_size");
        }
        out.writeEndObject();
    }

    private void time(String name, @Nullable Instant time) {
        string(name, time == null ? null : Timestamps.format(time));
    }

    private void string(String name, @Nullable String value) {
        out.writeStringProperty(name, value == null ? null : Unicode.repaired(value));
    }
}
