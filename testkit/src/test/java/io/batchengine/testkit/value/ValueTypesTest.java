package io.batchengine.testkit.value;

import static io.batchengine.testkit.value.ValueSamples.JOB;
import static io.batchengine.testkit.value.ValueSamples.NOON;
import static io.batchengine.testkit.value.ValueSamples.ONE;
import static io.batchengine.testkit.value.ValueSamples.PARSE;
import static io.batchengine.testkit.value.ValueSamples.batch;
import static io.batchengine.testkit.value.ValueSamples.otherProjectLimits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.batchengine.CloseReport;
import io.batchengine.CreateBatch;
import io.batchengine.EngineHealth;
import io.batchengine.ListBatches;
import io.batchengine.json.CreateBatchBody;
import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobRecord;
import io.batchengine.model.RetryPolicy;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The value classes of the model, of the engine's face and of the plug-in interfaces: each field counts, wherever values are compared, shown or copied. */
class ValueTypesTest {
    static Stream<ValueClass<?>> types() {
        return Stream.concat(ValueSamples.types(), SpiValueSamples.types());
    }

    static Stream<ValueClass<?>> builders() {
        return types().filter(ValueClass::hasBuilder);
    }

    static Stream<ValueClass<?>> copied() {
        return types().filter(type -> type.copies().findAny().isPresent());
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_value_is_final_and_made_by_its_factories_alone(ValueClass<?> type) {
        type.checkShape();
    }

    @ParameterizedTest
    @MethodSource("types")
    void each_field_has_an_accessor_of_its_name(ValueClass<?> type) {
        type.checkAccessors();
    }

    @ParameterizedTest
    @MethodSource("types")
    void values_are_equal_if_all_fields_are(ValueClass<?> type) {
        type.checkEquality();
    }

    @ParameterizedTest
    @MethodSource("types")
    void the_text_of_a_value_shows_each_field(ValueClass<?> type) {
        type.checkText();
    }

    @ParameterizedTest
    @MethodSource("copied")
    void a_changed_copy_differs_in_one_field_and_leaves_the_original_alone(ValueClass<?> type) {
        type.checkCopies();
    }

    @ParameterizedTest
    @MethodSource("builders")
    void a_builder_sets_each_field(ValueClass<?> type) {
        type.checkBuilder();
    }

    @Test
    void a_builder_names_what_must_be_set() {
        assertThatNullPointerException()
                .isThrownBy(() -> Batch.builder().build())
                .withMessage("id is not set");
        assertThatNullPointerException()
                .isThrownBy(() -> JobRecord.builder().id("pjb-1").build())
                .withMessage("type is not set");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchProgress.builder().batchId("bat-1").build())
                .withMessage("status is not set");
        assertThatNullPointerException()
                .isThrownBy(() -> EngineHealth.builder().build())
                .withMessage("status is not set");
    }

    @Test
    void a_value_keeps_its_own_copy_of_a_list() {
        List<BatchResult> results = new ArrayList<>(List.of(BatchResult.ofJob("dfl-1", JOB)));
        List<String> texts = new ArrayList<>(List.of("pjb-1"));
        Batch batch = batch().toBuilder().results(results).build();
        CloseReport report = CloseReport.builder().stuckJobs(texts).build();
        EngineHealth health = health(texts);
        results.clear();
        texts.clear();
        assertThat(batch.results()).hasSize(1);
        assertThat(report.stuckJobs()).containsExactly("pjb-1");
        assertThat(health.problems()).containsExactly("pjb-1");
        assertThat(health.notes()).containsExactly("pjb-1");
    }

    private static EngineHealth health(List<String> texts) {
        return EngineHealth.builder()
                .status(EngineHealth.Status.UP)
                .problems(texts)
                .notes(texts)
                .build();
    }

    @Test
    void copies_that_change_more_than_a_field_change_nothing_beside_it() {
        RetryPolicy retry = RetryPolicy.of(3).withRetryOn(Set.of(RetryPolicy.Failure.TIMEOUT));
        RetryPolicy quicker = retry.withBackoff(Duration.ofMillis(1), Duration.ofMillis(2));
        assertThat(quicker.initialBackoff()).isEqualTo(Duration.ofMillis(1));
        assertThat(quicker.maxBackoff()).isEqualTo(Duration.ofMillis(2));
        assertThat(quicker.withBackoff(retry.initialBackoff(), retry.maxBackoff()))
                .isEqualTo(retry);

        ListBatches list = ListBatches.ALL.withPageSize(7).withPageToken("token");
        assertThat(list.withStatus(BatchStatus.RUNNING).withStatuses(Set.of())).isEqualTo(list);
        assertThat(list.withCreatedAt(NOON, ONE).createdAtOnOrAfter()).isEqualTo(NOON);
        assertThat(list.withCreatedAt(NOON, ONE).createdAtOnOrBefore()).isEqualTo(ONE);
        assertThat(list.withCreatedAt(NOON, ONE).withCreatedAt(null, null)).isEqualTo(list);
        assertThat(list.withTotal().withTotalSize()).isTrue();
        assertThat(list.withTotal().pageToken()).isEqualTo("token");
        assertThat(list.withSourceDirectory("dir-1").pageSize()).isEqualTo(7);

        Limits limits = Limits.DEFAULT.withProject("prj-1", otherProjectLimits());
        Limits more = limits.withProject("prj-2", ProjectLimits.NONE).withJobType(PARSE, JobTypeLimits.NONE);
        assertThat(limits.projects()).containsOnlyKeys("prj-1");
        assertThat(more.projects()).containsOnlyKeys("prj-1", "prj-2");
        assertThat(more.project("prj-1")).isEqualTo(otherProjectLimits());
        assertThat(more.jobTypes()).containsOnlyKeys(PARSE);
        assertThat(more.maxInFlight()).isEqualTo(limits.maxInFlight());
    }

    /** A type that is added later is looked at too. A record has a reason, which its documentation states. */
    @Test
    void every_value_of_these_packages_is_looked_at() throws Exception {
        Set<String> looked =
                ValueSamples.types().map(type -> type.type().getName()).collect(Collectors.toSet());
        Set<String> records = new TreeSet<>();
        for (Class<?> type : publicTypes()) {
            if (type.isRecord()) {
                records.add(type.getSimpleName());
            } else if (!type.isEnum()
                    && Arrays.stream(type.getDeclaredMethods()).anyMatch(ValueTypesTest::isEquals)) {
                assertThat(looked).contains(type.getName());
            }
        }
        assertThat(records).containsExactly("JobReference", "JobType", "Page", "Scope");
    }

    private static boolean isEquals(Method method) {
        return method.getName().equals("equals");
    }

    private static List<Class<?>> publicTypes() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> sibling : List.of(Batch.class, CreateBatch.class, Limits.class, CreateBatchBody.class)) {
            for (String file : files(sibling)) {
                String name = sibling.getPackageName() + "." + file.replace(".class", "");
                Class<?> type = Class.forName(name, false, sibling.getClassLoader());
                if (Modifier.isPublic(type.getModifiers())) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    /** The class files beside a class, in a folder or in a jar. */
    private static List<String> files(Class<?> sibling) throws IOException, URISyntaxException {
        Path place = Path.of(
                sibling.getProtectionDomain().getCodeSource().getLocation().toURI());
        String folder = sibling.getPackageName().replace('.', '/');
        if (Files.isDirectory(place)) {
            return classes(place.resolve(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classes(jar.getPath(folder));
        }
    }

    private static List<String> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .toList();
        }
    }
}
