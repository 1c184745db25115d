package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.Batches;
import io.batchengine.CreateBatch;
import io.batchengine.Expand;
import io.batchengine.ListBatches;
import io.batchengine.PageRequest;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.documents.Configurations;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.OutputFolder;
import io.batchengine.documents.extract.ExtractJobFactory;
import io.batchengine.documents.parse.DocumentParsers;
import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.json.BatchJson;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Page;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.RetryPolicy.Failure;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/** The calls that the README shows one by one, run one after the other: every second file fails at its first attempt. */
public final class ReadmeTour {
    private ReadmeTour() {}

    /**
     * Runs the tour.
     *
     * @param args the directory that holds the source directory {@code inbox}
     */
    public static void main(String[] args) {
        JobFactory jobs = JobFactories.blocking(
                "check_v1",
                "chk-",
                job -> job.attempt() == 1 && job.ordinal() % 2 == 1
                        ? Outcome.failedRetryably("not at the first attempt")
                        : check(job.file().open()));
        BatchEngineBuilder builder = BatchEngine.builder().sourceDirectory(sources(Path.of(args[0])));
        listening(builder);
        virtualThreads(builder);
        retrying(builder);
        try (BatchEngine engine = builder.jobFactory(jobs).build()) {
            Batch ended = running(engine);
            reading(engine, ended.id());
            System.out.println(json(ended));
        }
    }

    private static Outcome check(InputStream content) throws IOException {
        try (content) {
            return content.read() < 0 ? Outcome.failed("it is empty") : Outcome.succeeded();
        }
    }

    static SourceDirectory sources(Path parent) {
        // README:begin sources
        // Each directory in the parent is a source directory; its id is its name.
        SourceDirectory sources =
                NioSourceDirectory.under(parent).recursive(true).glob("*.{pdf,docx}");
        // README:end sources
        return sources;
    }

    static void listening(BatchEngineBuilder builder) {
        // README:begin listener
        builder.listener(new BatchListener() {
            @Override
            public void statusChanged(BatchEvent.StatusChanged event) {
                System.out.println(event.batch().batchId() + " " + event.type());
            }
        });
        // README:end listener
    }

    static void retrying(BatchEngineBuilder builder) {
        // README:begin retry-of-type
        builder.retry(
                JobType.of("check_v1"), RetryPolicy.of(5).withRetryOn(Set.of(Failure.EXECUTION, Failure.TIMEOUT)));
        // README:end retry-of-type
    }

    static void virtualThreads(BatchEngineBuilder builder) {
        if (Runtime.version().feature() >= 21) {
            // README:begin virtual-threads
            builder.virtualThreads().maxInFlight(500);
            // README:end virtual-threads
        }
    }

    /** The real jobs of the module batch-engine-documents: one factory for each of its types. */
    static JobFactory documents(Path output) {
        // README:begin documents
        DocumentParser parser = DocumentParsers.tika(DocumentLimits.DEFAULT);
        JobFactory parse = ParseJobFactory.of(parser, Configurations.none(), OutputFolder.at(output));
        // README:end documents
        return parse;
    }

    static JobFactory extraction(Path configurations, Path output) {
        DocumentParser parser = DocumentParsers.tika(DocumentLimits.DEFAULT);
        // README:begin extract
        JobFactory extract =
                ExtractJobFactory.of(parser, Configurations.folder(configurations), OutputFolder.at(output));
        // README:end extract
        return extract;
    }

    /** A batch that matters more than others, and is of no use with too many failures. */
    static CreateBatch strict(CreateBatch request) {
        // README:begin priority
        BatchOptions strict = BatchOptions.DEFAULT.withPriority(8).withTolerance(FailureTolerance.ofPercent(5));
        CreateBatch nightly = request.withOptions(strict);
        // README:end priority
        return nightly;
    }

    private static Batch running(BatchEngine engine) {
        // README:begin run
        Batches batches = engine.batches("prj-research"); // or engine.batches(), for the default project
        Batch batch = batches.create(CreateBatch.of("inbox", JobType.of("check_v1"), "cfg-default")
                .withOptions(BatchOptions.DEFAULT.withRetry(RetryPolicy.of(3)).withJobTimeout(Duration.ofMinutes(2)))
                .withIdempotencyKey("inbox-2026-11-23"));
        BatchProgress progress = batches.progress(batch.id());
        System.out.println(progress.counts().settled() + " files done, " + progress.inFlight() + " in flight");
        Batch ended = batches.await(batch.id(), Duration.ofMinutes(10));
        // README:end run
        return ended;
    }

    private static void reading(BatchEngine engine, String id) {
        Batches batches = engine.batches("prj-research");
        long failed;
        Batch retry = null;
        // README:begin read
        Batch expanded = batches.get(id, Expand.RESULTS); // up to 10,000 results; above that page by page:
        Page<BatchResult> first = batches.results(id, PageRequest.ofSize(100));
        try (Stream<JobRecord> jobs = batches.jobs(id)) { // or as a stream that reads its pages as it goes
            failed = jobs.filter(job -> job.status() == JobStatus.FAILED).count();
        }
        if (failed > 0) {
            retry = batches.retryFailed(id); // a new batch over the files that failed
        }
        Page<Batch> done = batches.list(ListBatches.ALL.withStatus(BatchStatus.COMPLETED)); // newest first
        // README:end read
        System.out.println(json(expanded));
        System.out.println(first.items().size() + " results, " + failed + " failed");
        System.out.println(done.items().size() + " batch completed");
        if (retry != null) {
            System.out.println("the retry is "
                    + batches.await(retry.id(), Duration.ofMinutes(1)).status());
        }
    }

    static String json(Batch batch) {
        // README:begin json
        BatchJson json = BatchJson.accepting(Set.of(JobType.PARSE_V2, JobType.EXTRACT_V2));
        String text = json.write(batch);
        // README:end json
        return text;
    }
}
