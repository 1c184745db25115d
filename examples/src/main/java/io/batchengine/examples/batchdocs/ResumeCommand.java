package io.batchengine.examples.batchdocs;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with what was interrupted or killed; all it needs is kept in the store. */
@Command(
        name = "resume",
        description =
                "Continues an unfinished batch, or all of them one after the other: higher priority first, then older ones.")
final class ResumeCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The batch. Default: all unfinished ones")
    @Nullable
    String batchId;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = "--json",
            description =
                    "Prints each batch with all its results as a JSON document, and nothing else, to standard output")
    boolean json;

    @Option(names = "--jobs", description = SourceOptions.JOBS)
    boolean jobs;

    ResumeCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        options.check();
        StoreLocation location = options.places.store();
        options.startLog(console);
        try (BatchStore store = StoreChoice.openExisting(location)) {
            StoreChoice.tellNotes(console, location, store);
            KeptBatches kept = new KeptBatches(store, options.places.scope());
            var means = new BatchRunner.Means(store, location, options, json || jobs, jobs);
            if (batchId != null) {
                return resume(kept.require(batchId), means);
            }
            List<String> unfinished = kept.unfinished();
            if (unfinished.isEmpty()) {
                console.error(Text.format("no batch of the store %s is unfinished", location.shown()));
            }
            int code = ExitCode.COMPLETED;
            for (String id : unfinished) {
                code = Math.max(code, resumeOrTell(kept, id, means));
                if (interruption.isRequested()) {
                    return code;
                }
            }
            return StoreDamage.told(console, store, code);
        }
    }

    /** One that can't be resumed keeps no other from it. */
    private int resumeOrTell(KeptBatches kept, String id, BatchRunner.Means means) throws Exception {
        try {
            return resume(kept.require(id), means);
        } catch (UsageException e) {
            console.error(String.valueOf(e.getMessage()));
            return e.exitCode();
        } catch (BatchEngineException e) {
            if (!StoreDamage.isToldBy(e)) {
                throw e;
            }
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.STORE_DAMAGED;
        }
    }

    private int resume(StoredBatch batch, BatchRunner.Means means) throws Exception {
        if (batch.state().status().isTerminal()) {
            throw new UsageException(Text.format(
                    "batch %s has ended: it is %s; start a new one with parse or extract",
                    batch.id(), batch.state().status()));
        }
        RunRequest request = RunRequest.of(batch);
        Path directory = request.settings().directory();
        if (!Files.isDirectory(directory)) {
            throw new UsageException(Text.format(
                    "the directory %s of batch %s is gone: bring it back, or cancel the batch",
                    Paths.text(directory), batch.id()));
        }
        return new BatchRunner(console, interruption).run(request, batch, means);
    }
}
