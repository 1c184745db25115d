package io.batchengine.examples.embedding;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.batchengine.BatchEngine;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Jobs that a remote service does: hundreds are in flight on two threads. The service gives the jobs their ids, and says "too many
 * requests" now and then.
 */
public final class RemoteService {
    static final JobType TYPE = JobType.of("remote_v1");
    private static final int DONE = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    private RemoteService() {}

    /**
     * Runs a batch against a service of this process.
     *
     * @param args the directory
     * @throws IOException if the service can't be started
     */
    public static void main(String[] args) throws IOException {
        try (Service service = Service.start(Duration.ofMillis(200));
                BatchEngine engine = BatchEngine.builder()
                        .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0]))))
                        .jobFactory(new RemoteJobs(service.uri()))
                        .threads(2)
                        .maxInFlight(250)
                        .build()) {
            Batch batch = engine.batches().create("dir-inbox", TYPE, "cfg-default");
            Batch ended = engine.batches().await(batch.id(), Duration.ofMinutes(5));
            System.out.println(ended.id() + " is " + ended.status() + ": "
                    + engine.batches().progress(ended.id()).counts().succeeded() + " files, "
                    + service.answers() + " answers of the service, "
                    + service.refusals() + " of them \"too many requests\"");
        }
    }

    /** The client's side: what one would write for a real service. */
    static final class RemoteJobs implements JobFactory {
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final URI service;

        RemoteJobs(URI service) {
            this.service = service;
        }

        // README:begin job-factory
        @Override
        public Map<JobType, String> types() {
            return Map.of(TYPE, "rmt-"); // the job type and the prefix of its job ids
        }

        @Override
        public ConfigurationSnapshot resolve(ResolveRequest request) {
            return ConfigurationSnapshot.EMPTY;
        }

        /** The service knows the job by the proposed id, which is the same at each attempt: so it has one job for a file. */
        @Override
        public JobCreation create(JobRequest request) throws IOException, InterruptedException {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(service.resolve("/jobs/" + request.proposedJobId()))
                            .PUT(BodyPublishers.ofString(request.file().id()))
                            .build(),
                    BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case DONE -> JobCreation.created(Job.async(this::run), answer.body());
                case TOO_MANY_REQUESTS -> JobCreation.notNow(retryAfter(answer));
                default -> JobCreation.refused("the service answers " + answer.statusCode());
            };
        }
        // README:end job-factory

        // README:begin async-job
        private CompletionStage<Outcome> run(JobContext job) {
            HttpRequest request = HttpRequest.newBuilder(service.resolve("/results/" + job.jobId()))
                    .build();
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
            // Cancel this future: cancelling one that is derived from it would not stop the request.
            job.onStopRequested(() -> answer.cancel(true));
            return answer.thenApply(RemoteJobs::outcome);
        }
        // README:end async-job

        private static Outcome outcome(HttpResponse<String> answer) {
            return switch (answer.statusCode()) {
                case DONE -> Outcome.succeeded();
                case TOO_MANY_REQUESTS -> Outcome.notNow(retryAfter(answer));
                case 500, 502, 503, 504 -> Outcome.failedRetryably("the service answers " + answer.statusCode());
                default -> Outcome.failed("the service answers " + answer.statusCode());
            };
        }

        private static Duration retryAfter(HttpResponse<?> answer) {
            return Duration.ofMillis(
                    answer.headers().firstValueAsLong("Retry-After-Ms").orElse(1_000));
        }
    }

    /** The service's side, on the loopback interface: it answers with a delay, and refuses each hundredth request. */
    static final class Service implements AutoCloseable {
        private static final int REFUSE_EACH = 100;

        private final HttpServer server;
        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        private final Map<String, String> jobs = new ConcurrentHashMap<>(); // the caller's name to our id
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger refusals = new AtomicInteger();
        private final Duration delay;

        private Service(HttpServer server, Duration delay) {
            this.server = server;
            this.delay = delay;
        }

        static Service start(Duration delay) throws IOException {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Service service = new Service(HttpServer.create(address, 1_000), delay);
            service.server.setExecutor(service.threads);
            service.server.createContext("/jobs/", service::create);
            service.server.createContext("/results/", service::result);
            service.server.start();
            return service;
        }

        URI uri() {
            InetSocketAddress address = server.getAddress();
            return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
        }

        /** The ids of all jobs, by the names under which they were asked for. */
        Map<String, String> jobs() {
            return Map.copyOf(jobs);
        }

        int answers() {
            return answers.get();
        }

        int refusals() {
            return refusals.get();
        }

        private void create(HttpExchange exchange) throws IOException {
            String name = lastPart(exchange);
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            answer(exchange, () -> jobs.computeIfAbsent(name, key -> "rmt-" + (jobs.size() + 1)));
        }

        private void result(HttpExchange exchange) {
            var unused =
                    threads.schedule(() -> answer(exchange, () -> "done"), delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void answer(HttpExchange exchange, Supplier<String> body) {
            try (exchange) {
                boolean refused = answers.incrementAndGet() % REFUSE_EACH == 0;
                if (refused) {
                    refusals.incrementAndGet();
                    exchange.getResponseHeaders().set("Retry-After-Ms", "20");
                }
                byte[] text = (refused ? "" : body.get()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(refused ? TOO_MANY_REQUESTS : DONE, refused ? -1 : text.length);
                exchange.getResponseBody().write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // the caller is gone
            }
        }

        private static String lastPart(HttpExchange exchange) {
            String path = exchange.getRequestURI().getPath();
            return Objects.requireNonNull(path).substring(path.lastIndexOf('/') + 1);
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
