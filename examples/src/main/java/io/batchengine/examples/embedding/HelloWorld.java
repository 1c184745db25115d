package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The hello world of the README: counts the bytes of every file of a directory. */
public final class HelloWorld {
    private HelloWorld() {}

    /**
     * Runs it.
     *
     * @param args the directory
     */
    public static void main(String[] args) {
        // README:begin hello-world
        JobFactory count = JobFactories.blocking("count_v1", "cnt-", job -> {
            try (InputStream in = job.file().open()) {
                long bytes = in.transferTo(OutputStream.nullOutputStream());
                System.out.println(job.file().id() + " has " + bytes + " bytes");
                return Outcome.succeeded();
            }
        });
        var inbox = NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0])));
        try (BatchEngine engine =
                BatchEngine.builder().sourceDirectory(inbox).jobFactory(count).build()) {
            Batch batch = engine.batches().create("dir-inbox", JobType.of("count_v1"), "cfg-default");
            Batch ended = engine.batches().await(batch.id(), Duration.ofMinutes(1));
            System.out.println(ended.id() + " is " + ended.status());
            engine.batches().jobs(ended.id()).forEach(job -> System.out.println(job.id() + " " + job.status()));
        }
        // README:end hello-world
    }
}
