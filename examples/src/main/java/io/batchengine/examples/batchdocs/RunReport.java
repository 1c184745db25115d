package io.batchengine.examples.batchdocs;

import io.batchengine.Batches;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of a batch's files, and the line that sums it up. Read page by page, so any number of files will do. */
final class RunReport {
    private static final int MAX_FILE_COLUMN = 60;
    private static final int MAX_ERROR = 300;
    private static final String NO_JOB = "-";

    private final Batches batches;
    private final String batchId;
    private final @Nullable Warnings warnings;

    RunReport(Batches batches, String batchId) {
        this(batches, batchId, null);
    }

    RunReport(Batches batches, String batchId, @Nullable Warnings warnings) {
        this.batches = batches;
        this.batchId = batchId;
        this.warnings = warnings;
    }

    /** A line of the table. */
    private record Row(String file, String outcome, String job, String error) {
        static final Row HEAD = new Row("FILE", "OUTCOME", "JOB", "ERROR");

        String line(int fileWidth) {
            return Text.format(
                            "%s  %s  %s  %s",
                            ReportColumns.pad(file, fileWidth),
                            ReportColumns.pad(outcome, 13),
                            ReportColumns.pad(job, 40),
                            error)
                    .stripTrailing();
        }
    }

    void printTable(PrintStream out) {
        int fileWidth = Row.HEAD.file().length();
        for (BatchResult result : ReadableParts.results(batches, batchId)) {
            fileWidth = Math.max(fileWidth, Math.min(ReportColumns.width(name(result)), MAX_FILE_COLUMN));
        }
        out.println(Row.HEAD.line(fileWidth));
        ResultJobs jobs = new ResultJobs(batches, batchId);
        for (BatchResult result : ReadableParts.results(batches, batchId)) {
            out.println(row(result, jobs.next(result)).line(fileWidth));
        }
    }

    private Row row(BatchResult result, @Nullable JobRecord job) {
        if (job == null) {
            return new Row(name(result), "mapping error", NO_JOB, shown(result.errorMessage()));
        }
        String outcome = job.status() == JobStatus.COMPLETED
                ? "succeeded"
                : job.status().name().toLowerCase(Locale.ROOT);
        List<String> told = warnings == null ? List.of() : warnings.of(job);
        String error = told.isEmpty() ? shown(job.errorMessage()) : shown("warning: " + String.join("; ", told));
        return new Row(name(result), outcome, Text.printable(job.id()), error);
    }

    /** The line that sums a batch up, for people and for scripts. */
    static String summary(BatchProgress end) {
        FileCounts counts = end.counts();
        StringBuilder line = new StringBuilder(Text.format(
                "%s %s: %d files, %d succeeded, %d failed, %d mapping errors",
                end.batchId(),
                end.status(),
                counts.listed(),
                counts.succeeded(),
                counts.failed(),
                counts.mappingErrors()));
        if (counts.cancelled() > 0) {
            line.append(Text.format(", %d cancelled", counts.cancelled()));
        }
        long rest = counts.listed() - counts.settled();
        if (rest > 0) {
            line.append(Text.format(", %d not run", rest));
        }
        return line.toString();
    }

    /** Why a batch waits or has failed, since when, and when it may go on. */
    static String reason(StatusReason reason) {
        String until = reason.until() == null ? "" : ", until " + reason.until();
        return Text.format("%s, since %s%s", reason.message(), reason.since(), until);
    }

    private static String name(BatchResult result) {
        String id = result.sourceDirectoryFileId();
        return Text.printable(Paths.decoded(id.startsWith("dfl-") ? id.substring(4) : id));
    }

    private static String shown(@Nullable String error) {
        return error == null ? "" : Text.printable(error, MAX_ERROR);
    }
}
