package io.batchengine.examples.batchdocs;

import io.batchengine.Batches;
import io.batchengine.json.BatchJson;
import io.batchengine.model.BatchResult;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobReference;
import io.batchengine.model.Page;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a batch's results, asked for in listing order, and read page by page. The wire form of a result says nothing of how its
 * job ended; this does.
 */
final class ResultJobs {
    private static final Page<BatchResult> NO_RESULTS = new Page<>(List.of(), null, OptionalLong.empty());

    private final Batches batches;
    private final Iterator<JobRecord> records;

    ResultJobs(Batches batches, String batchId) {
        this.batches = batches;
        this.records = ReadableParts.jobs(batches, batchId).iterator();
    }

    /** The job of the next result, or null where no job could be made for the file. */
    @Nullable
    JobRecord next(BatchResult result) {
        JobReference reference = result.jobReference();
        if (reference == null) {
            return null;
        }
        // There is a job for each result without an error; of a batch that runs, one may be too new for the stream.
        JobRecord job = records.hasNext() ? records.next() : null;
        return job != null && job.reference().equals(reference) ? job : batches.job(reference);
    }

    /** A page of results in its wire form, and beside its items the {@code jobs}: as many, in the same order, null for no job. */
    String withJobs(BatchJson json, Page<BatchResult> page) {
        String items = json.writeResultPage(new Page<>(page.items(), null, OptionalLong.empty()));
        String empty = json.writeResultPage(NO_RESULTS);
        String end = json.writeResultPage(new Page<>(List.of(), page.nextPageToken(), page.totalSize()));
        int array = empty.indexOf(']');
        StringBuilder text = new StringBuilder(items.substring(0, items.length() - (empty.length() - array - 1)));
        text.append(",\"jobs\":[");
        for (int i = 0; i < page.items().size(); i++) {
            JobRecord job = next(page.items().get(i));
            text.append(i == 0 ? "" : ",").append(job == null ? "null" : json.writeJob(job));
        }
        return text.append(']').append(end.substring(array + 1)).toString();
    }
}
