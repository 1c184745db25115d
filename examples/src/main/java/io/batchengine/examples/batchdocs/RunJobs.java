package io.batchengine.examples.batchdocs;

import io.batchengine.Batches;
import io.batchengine.json.BatchJson;
import io.batchengine.model.BatchResult;
import io.batchengine.model.JobRecord;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The line of JSON that {@code --jobs} adds to the wire form of a batch: how its jobs ended, and what they warn of. */
record RunJobs(Batches batches, String batchId, Warnings warnings) {
    private static final JsonMapper TEXTS = new JsonMapper();

    /**
     * Prints {@code {"jobs":[...],"warnings":{"<job id>":["..."]},"with_warnings":1}}: as many jobs as there are results, in the same
     * order, with null for no job, also of a batch whose results are null; and the warnings of those jobs that have any.
     */
    void print(PrintStream out) {
        printJobs(out);
        printWarnings(out);
        out.flush();
    }

    private void printJobs(PrintStream out) {
        BatchJson json = BatchJson.acceptingAnyType();
        out.print("{\"jobs\":[");
        ResultJobs jobs = new ResultJobs(batches, batchId);
        String between = "";
        for (BatchResult result : ReadableParts.results(batches, batchId)) {
            JobRecord job = jobs.next(result);
            out.print(between + (job == null ? "null" : json.writeJob(job)));
            between = ",";
        }
    }

    private void printWarnings(PrintStream out) {
        out.print("],\"warnings\":{");
        long warned = 0;
        for (JobRecord job : ReadableParts.jobs(batches, batchId)) {
            List<String> told = warnings.of(job);
            if (!told.isEmpty()) {
                out.print((warned++ == 0 ? "" : ",") + TEXTS.writeValueAsString(job.id()) + ":"
                        + TEXTS.writeValueAsString(told));
            }
        }
        out.println("},\"with_warnings\":" + warned + "}");
    }
}
