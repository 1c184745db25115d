package io.batchengine.examples.sample;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Creation;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One attempt of a job for a file on disk, run on the calling thread without an engine. */
record DirectJob(JobType type, ConfigurationSnapshot configuration, SourceFile file) implements JobContext {
    private static final Scope SCOPE = Scope.ofProject("prj-sample");

    static Outcome run(JobFactory factory, JobType type, String configurationId, Path document) throws Exception {
        ConfigurationSnapshot snapshot = factory.resolve(SCOPE, type, configurationId);
        DirectJob context = new DirectJob(type, snapshot, new Document(document));
        Creation.Created created = (Creation.Created) factory.create(context);
        return ((Job.BlockingJob) created.job()).run(context);
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public String batchId() {
        return "bat-sample";
    }

    @Override
    public String sourceDirectoryId() {
        return "sample";
    }

    @Override
    public long ordinal() {
        return 0;
    }

    @Override
    public String proposedJobId() {
        return "job-sample";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public String jobId() {
        return proposedJobId();
    }

    @Override
    public boolean isStopRequested() {
        return false;
    }

    @Override
    public void onStopRequested(Runnable action) {}

    private record Document(Path file) implements SourceFile {
        @Override
        public String id() {
            return name();
        }

        @Override
        public String name() {
            return file.getFileName().toString();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(file);
        }
    }
}
