package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.batchengine.model.BatchEngineException;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.PlainMain;
import io.batchengine.support.TestFactories;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that end while an engine works, each in a JVM of its own. */
class UnclosedTest {
    private static final String WARNING = "WARNING: the JVM ends, and a batch engine with";

    private record Ended(int exitCode, String output) {}

    @ParameterizedTest
    @ValueSource(strings = {"returns", "exits"})
    void a_program_that_ends_without_closing_is_told_so_and_what_to_do(String how) throws Exception {
        Ended ended = run(how);
        assertThat(ended.exitCode).isZero();
        assertThat(ended.output)
                .contains(WARNING)
                .contains("was not closed", "daemonThreads(false)")
                .doesNotContain("200 settled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"closes", "closes-in-a-hook", "builds-in-a-hook"})
    void a_program_that_closes_its_engine_at_any_time_is_told_nothing(String how) throws Exception {
        Ended ended = run(how);
        assertThat(ended.exitCode).isZero();
        assertThat(ended.output).doesNotContain(WARNING).doesNotContain("Exception");
    }

    @Test
    void without_daemon_threads_the_program_runs_until_the_engine_is_closed() throws Exception {
        Ended ended = run("stays");
        assertThat(ended.exitCode).isZero();
        assertThat(ended.output).contains("200 settled").doesNotContain(WARNING);
    }

    @Test
    void no_thread_of_an_engine_is_a_daemon_where_the_builder_says_so() {
        Set<Boolean> daemons = ConcurrentHashMap.newKeySet();
        try (BatchEngine engine = BatchEngine.builder()
                .daemonThreads(false)
                .sourceDirectory(new ListedDirectory().with("dir-a", "a", "b"))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    daemons.add(Thread.currentThread().isDaemon());
                    return Outcome.succeeded();
                }))))
                .build()) {
            String id = engine.batches().create("dir-a", TYPE, "cfg").id();
            engine.batches().await(id, Duration.ofSeconds(30));
        }
        assertThat(daemons).containsExactly(false);
    }

    /** A hook that stayed would keep the loader of an application that is taken out, for as long as the JVM runs. */
    @Test
    void a_closed_engine_leaves_nothing_that_the_end_of_the_jvm_waits_for() throws Exception {
        WeakReference<ClassLoader> loader = new WeakReference<>(runElsewhere());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    /** Builds and closes an engine of a second copy of the library, as an application has it. */
    private static ClassLoader runElsewhere() throws Exception {
        List<URL> library = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("logback")) { // its threads would keep the loader
                library.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(library.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class.forName(Inside.class.getName(), true, loader)
                    .getMethod("buildAndClose")
                    .invoke(null);
            return loader;
        }
    }

    /** What runs in the other loader; public, so that it may be called from without. */
    public static final class Inside {
        private Inside() {}

        /** Builds an engine and closes it. */
        public static void buildAndClose() {
            BatchEngine.builder()
                    .sourceDirectory(new ListedDirectory())
                    .jobFactory(TestFactories.creating(request -> JobCreation.notNow(Duration.ZERO)))
                    .build()
                    .close();
        }
    }

    @Test
    void a_timer_of_the_user_s_own_can_not_keep_the_program_running() {
        ManualMachine machine = new ManualMachine();
        assertThatThrownBy(() -> machine.engine()
                        .daemonThreads(false)
                        .sourceDirectory(new ListedDirectory())
                        .jobFactory(TestFactories.creating(request -> JobCreation.notNow(Duration.ZERO)))
                        .build())
                .isInstanceOf(BatchEngineException.class)
                .hasMessageContaining("timer");
    }

    private static Ended run(String how) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainMain.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s", output).isTrue();
            return new Ended(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
