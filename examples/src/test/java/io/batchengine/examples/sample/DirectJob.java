package io.batchengine.examples.sample;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SourceFile;
import io.batchengine.testkit.FakeJobContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One attempt of a job for a file on disk, run on the calling thread without an engine. */
final class DirectJob {
    private static final Scope SCOPE = Scope.ofProject("prj-sample");

    private DirectJob() {}

    static Outcome run(JobFactory factory, JobType type, String configurationId, Path document) throws Exception {
        return FakeJobContext.of(type, new Document(document))
                .withScope(SCOPE)
                .withConfiguration(factory.resolve(ResolveRequest.of(SCOPE, type, configurationId)))
                .run(factory);
    }

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
