package io.batchengine.examples.batchdocs;

import io.batchengine.Batches;
import io.batchengine.documents.OutputFolder;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import java.io.IOException;
import java.util.List;

/**
 * What the jobs of a batch warn of: documents that succeeded and could not be read whole, and values that were left out of a result. It
 * stands beside their outputs.
 */
record Warnings(OutputFolder outputs) {
    /** The warnings of a job; empty where it did not succeed. */
    List<String> of(JobRecord job) {
        if (job.status() != JobStatus.COMPLETED) {
            return List.of();
        }
        String id = job.fileId();
        String name = Paths.decoded(id.startsWith("dfl-") ? id.substring(4) : id);
        try {
            return job.type().equals(JobType.EXTRACT_V2) ? outputs.problems(name) : outputs.warnings(name);
        } catch (IOException e) { // the result stands, whatever became of its output since
            return List.of();
        }
    }

    /** How many jobs of a batch have any. */
    long count(Batches batches, String batchId) {
        long warned = 0;
        for (JobRecord job : ReadableParts.jobs(batches, batchId)) {
            warned += of(job).isEmpty() ? 0 : 1;
        }
        return warned;
    }
}
