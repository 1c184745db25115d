package io.batchengine.json;

import static io.batchengine.json.StrictParser.Field.nullable;
import static io.batchengine.json.StrictParser.Field.required;

import io.batchengine.json.StrictParser.Field;
import io.batchengine.json.StrictParser.Values;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The form of the wire JSON on its way in: which fields, and what each may hold. */
final class WireReader {
    private final Predicate<JobType> accepted;

    private final Field<JobType> type = required("type", this::jobType);
    private final Field<String> configurationId = required("configuration_id", in -> in.id(Ids.MAX_LENGTH));
    private final Field<BatchConfig> job = required("job", this::job);
    private final Field<BatchConfig> config = required("config", this::config);
    private final Field<String> sourceDirectoryId =
            required("source_directory_id", in -> in.id(Ids.MAX_FILE_ID_LENGTH));

    private final Field<String> batchId = required("id", WireReader::batchId);
    private final Field<String> projectId = required("project_id", in -> in.id(Ids.MAX_LENGTH));
    private final Field<BatchStatus> status = required("status", WireReader::status);
    private final Field<Instant> createdAt = nullable("created_at", WireReader::time);
    private final Field<Instant> updatedAt = nullable("updated_at", WireReader::time);
    private final Field<List<BatchResult>> results = nullable("results", in -> in.array(this::result));

    private final Field<String> fileId = required("source_directory_file_id", in -> in.id(Ids.MAX_FILE_ID_LENGTH));
    private final Field<String> errorMessage = nullable("error_message", StrictParser::string);
    private final Field<String> jobId = required("id", in -> in.id(Ids.MAX_LENGTH));
    private final Field<JobReference> jobReference = nullable("job_reference", this::jobReference);

    private final List<Field<?>> batchFields =
            List.of(batchId, config, projectId, sourceDirectoryId, status, createdAt, updatedAt, results);
    private final List<Field<?>> resultFields = List.of(fileId, errorMessage, jobReference);
    private final List<Field<?>> bodyFields = List.of(sourceDirectoryId, config);

    WireReader(Predicate<JobType> accepted) {
        this.accepted = accepted;
    }

    Batch batch(StrictParser in) {
        Values values = in.object(batchFields);
        return Batch.builder()
                .id(values.get(batchId))
                .config(values.get(config))
                .projectId(values.get(projectId))
                .sourceDirectoryId(values.get(sourceDirectoryId))
                .status(values.get(status))
                .createdAt(values.optional(createdAt))
                .updatedAt(values.optional(updatedAt))
                .results(values.optional(results))
                .build();
    }

    CreateBatchBody createBody(StrictParser in) {
        Values values = in.object(bodyFields);
        return CreateBatchBody.of(values.get(sourceDirectoryId), values.get(config));
    }

    private BatchConfig config(StrictParser in) {
        return in.object(List.of(job)).get(job);
    }

    private BatchConfig job(StrictParser in) {
        Values values = in.object(List.of(type, configurationId));
        return BatchConfig.of(values.get(type), values.get(configurationId));
    }

    private BatchResult result(StrictParser in) {
        Values values = in.object(resultFields);
        @Nullable String error = values.optional(errorMessage);
        @Nullable JobReference reference = values.optional(jobReference);
        if (error != null && reference == null) {
            return BatchResult.ofMappingError(values.get(fileId), error);
        }
        if (error == null && reference != null) {
            return BatchResult.ofJob(values.get(fileId), reference);
        }
        throw in.refused("exactly one of error_message and job_reference must be given");
    }

    private JobReference jobReference(StrictParser in) {
        Values values = in.object(List.of(jobId, type));
        return new JobReference(values.get(jobId), values.get(type));
    }

    private JobType jobType(StrictParser in) {
        String name = in.string();
        JobType found;
        try {
            found = JobType.of(name);
        } catch (BatchEngineException malformed) {
            throw in.refused(String.valueOf(malformed.getMessage()));
        }
        if (!accepted.test(found)) {
            throw in.refused("unknown job type " + Text.quote(name));
        }
        return found;
    }

    private static String batchId(StrictParser in) {
        String id = in.string();
        if (!Ids.isBatchId(id)) {
            throw in.refused(Text.quote(id) + " is not a batch id: it has the form bat-<uuid>");
        }
        return id;
    }

    private static BatchStatus status(StrictParser in) {
        String name = in.string();
        for (BatchStatus status : BatchStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        throw in.refused(Text.format(
                "unknown status %s; it is one of %s", Text.quote(name), Arrays.toString(BatchStatus.values())));
    }

    private static Instant time(StrictParser in) {
        String text = in.string();
        Instant time = Timestamps.parse(text);
        if (time == null) {
            throw in.refused(Text.quote(text) + " is not a time of the form 2026-01-02T03:04:05.006Z");
        }
        return time;
    }
}
