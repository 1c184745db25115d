package io.batchengine.testkit;

import io.batchengine.bundled.JobFactories;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;

/** The contract against the bundled factories, with jobs that use what the interface offers. */
class BundledJobFactoriesContractTest {
    @Nested
    class Blocking extends JobFactoryContract {
        @Override
        protected JobFactoryFixture factory() {
            return new Words(JobFactories.blocking("words_v1", "wrd-", BundledJobFactoriesContractTest::read));
        }
    }

    @Nested
    class Asynchronous extends JobFactoryContract {
        @Override
        protected JobFactoryFixture factory() {
            return new Words(JobFactories.async("words_v1", "wrd-", BundledJobFactoriesContractTest::start));
        }
    }

    private static Outcome read(JobContext job) throws Exception {
        String text;
        try (InputStream in = job.file().open()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (text.equals("endless")) {
            new CountDownLatch(1).await();
        }
        return text.contains("password") ? Outcome.failed("it is no text") : Outcome.succeeded();
    }

    private static CompletionStage<Outcome> start(JobContext job) throws IOException {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        job.onStopRequested(() -> end.complete(Outcome.stopped()));
        try (InputStream in = job.file().open()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.equals("endless")) {
                end.completeAsync(
                        () -> text.contains("password") ? Outcome.failed("it is no text") : Outcome.succeeded());
            }
        }
        return end;
    }

    private record Words(JobFactory factory) implements JobFactoryFixture {
        @Override
        public String configurationId() {
            return "cfg-any";
        }

        @Override
        public Optional<String> unknownConfigurationId() {
            return Optional.empty();
        }

        @Override
        public SourceFile goodFile() {
            return new TextFile("good.txt", "good");
        }

        @Override
        public Optional<SourceFile> badFile() {
            return Optional.of(new TextFile("bad.txt", "password=hunter2"));
        }

        @Override
        public Optional<SourceFile> endlessFile() {
            return Optional.of(new TextFile("endless.txt", "endless"));
        }

        @Override
        public List<String> secrets() {
            return List.of("hunter2");
        }
    }

    private record TextFile(String name, String text) implements SourceFile {
        @Override
        public String id() {
            return name;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
