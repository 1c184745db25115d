package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCategory;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SourceFile;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link JobFactory} as JUnit tests, each a numbered rule: {@code J3.2 the same proposed id gives the same job}. Extend it
 * and tell what the factory needs:
 *
 * <pre>{@code
 * class CountJobsTest extends JobFactoryContract {
 *     @Override
 *     protected JobFactoryFixture factory() {
 *         return new JobFactoryFixture() {
 *             private final JobFactory factory = new CountJobs();
 *
 *             public JobFactory factory() { return factory; }
 *             public String configurationId() { return "cfg-default"; }
 *             public SourceFile goodFile() { return new TextFile("a.txt", "text"); }
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>A fixture may declare more: a file whose job fails, a configuration that does not exist. Rules that need what is not declared are
 * reported as skipped.
 *
 * <p>Needs JUnit 5.12 or later, and AssertJ.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public abstract class JobFactoryContract extends JobRules {
    private static final int MANY_FILES = 2_000;

    /** For subclasses. */
    protected JobFactoryContract() {}

    /**
     * Makes a factory of its own, with what its jobs need.
     *
     * @return the fixture
     * @throws Exception fails the rule
     */
    protected abstract JobFactoryFixture factory() throws Exception;

    @Override
    final JobFactoryFixture open() throws Exception {
        return factory();
    }

    @Test
    void j1_1_there_is_a_job_type() throws Exception {
        JobFactoryFixture fixture = given();
        assertThat(fixture.factory().types()).isNotEmpty().containsKey(fixture.type());
    }

    @Test
    void j1_2_prefixes_are_legal() throws Exception {
        assertThat(given().factory().types().values())
                .allSatisfy(prefix -> assertThat(prefix).matches("[A-Za-z0-9_-]{1,16}"));
    }

    @Test
    void j1_3_types_and_prefixes_stay_the_same() throws Exception {
        JobFactoryFixture fixture = given();
        Map<JobType, String> types = Map.copyOf(fixture.factory().types());
        assertThat(run(fixture, fixture.goodFile(), 0)).isNotNull();
        assertThat(fixture.factory().types()).isEqualTo(types);
        assertThat(fixture.reopened().types()).isEqualTo(types);
    }

    @Test
    void j2_1_a_configuration_gives_a_snapshot_of_bounded_length() throws Exception {
        assertThat(resolve(given()).text()).isNotNull().hasSizeLessThanOrEqualTo(ConfigurationSnapshot.MAX_LENGTH);
    }

    @Test
    void j2_2_resolving_again_gives_the_same_snapshot() throws Exception {
        JobFactoryFixture fixture = given();
        ConfigurationSnapshot snapshot = resolve(fixture);
        assertThat(resolve(fixture)).isEqualTo(snapshot);
        assertThat(fixture.reopened()
                        .resolve(ResolveRequest.of(fixture.scope(), fixture.type(), fixture.configurationId())))
                .isEqualTo(snapshot);
    }

    @Test
    void j2_3_an_unknown_configuration_is_not_found() throws Exception {
        JobFactoryFixture fixture = given();
        String unknown = declared(fixture.unknownConfigurationId(), "unknown configuration");
        assertRefused(fixture, fixture.scope(), unknown, ErrorCode.CONFIGURATION_NOT_FOUND);
    }

    @Test
    void j2_4_a_configuration_of_another_type_is_told_as_such() throws Exception {
        JobFactoryFixture fixture = given();
        String other = declared(fixture.otherTypesConfigurationId(), "configuration of another type");
        assertRefused(fixture, fixture.scope(), other, ErrorCode.CONFIGURATION_TYPE_MISMATCH);
    }

    @Test
    void j2_5_a_configuration_that_can_not_be_used_is_told_as_such() throws Exception {
        JobFactoryFixture fixture = given();
        String invalid = declared(fixture.invalidConfigurationId(), "invalid configuration");
        assertRefused(fixture, fixture.scope(), invalid, ErrorCode.CONFIGURATION_INVALID);
    }

    @Test
    void j2_6_no_configuration_id_breaks_the_factory() throws Exception {
        JobFactoryFixture fixture = given();
        for (String hostile : List.of(
                "..",
                "../../etc/passwd",
                "/",
                "%2e%2e",
                "a\nb",
                "\u202e",
                "x".repeat(Ids.MAX_LENGTH),
                "' or '1'='1",
                "é",
                "{}",
                " ")) {
            try {
                assertThat(fixture.factory().resolve(ResolveRequest.of(fixture.scope(), fixture.type(), hostile)))
                        .isNotNull();
            } catch (BatchEngineException refused) {
                assertThat(refused.code().category()).as(Text.quote(hostile)).isEqualTo(ErrorCategory.USER);
                assertPrintable(String.valueOf(refused.getMessage()));
            }
        }
    }

    @Test
    void j2_7_a_type_that_it_does_not_serve_is_refused() throws Exception {
        JobFactoryFixture fixture = given();
        assertThatExceptionOfType(BatchEngineException.class)
                .isThrownBy(() -> fixture.factory()
                        .resolve(ResolveRequest.of(
                                fixture.scope(), JobType.of("contract_unserved"), fixture.configurationId())))
                .satisfies(refused -> assertThat(refused.code().category()).isEqualTo(ErrorCategory.USER));
    }

    @Test
    void j2_8_several_threads_may_resolve_at_once() throws Exception {
        JobFactoryFixture fixture = given();
        ConfigurationSnapshot snapshot = resolve(fixture);
        assertThat(Parallel.call(() -> resolve(fixture))).containsOnly(snapshot);
    }

    @Test
    void j2_9_strangers_do_not_find_the_configuration() throws Exception {
        JobFactoryFixture fixture = given();
        Scope stranger = declared(fixture.stranger(), "stranger");
        assertRefused(fixture, stranger, fixture.configurationId(), ErrorCode.CONFIGURATION_NOT_FOUND);
    }

    @Test
    void j3_1_a_good_file_gets_a_job() throws Exception {
        JobFactoryFixture fixture = given();
        assertThat(create(fixture, fixture.factory(), 0).job()).isNotNull();
    }

    @Test
    void j3_2_the_same_proposed_id_gives_the_same_job() throws Exception {
        JobFactoryFixture fixture = given();
        String id = idOf(fixture, fixture.factory(), 7);
        assertThat(idOf(fixture, fixture.factory(), 7)).isEqualTo(id);
        assertThat(idOf(fixture, fixture.reopened(), 7)).isEqualTo(id);
    }

    @Test
    void j3_3_another_proposed_id_gives_another_job() throws Exception {
        JobFactoryFixture fixture = given();
        Set<String> ids = new HashSet<>();
        for (int ordinal = 0; ordinal < 50; ordinal++) {
            ids.add(idOf(fixture, fixture.factory(), ordinal));
        }
        assertThat(ids).hasSize(50);
    }

    @Test
    void j3_4_an_id_of_its_own_is_valid_and_begins_with_the_prefix_of_its_type() throws Exception {
        JobFactoryFixture fixture = given();
        String id = idOf(fixture, fixture.factory(), 1);
        assertThat(Ids.fault(id, Ids.MAX_LENGTH)).isNull();
        assertThat(id).startsWith(fixture.factory().types().get(fixture.type()));
    }

    @Test
    void j3_5_a_job_follows_the_snapshot_and_not_the_configuration_as_it_is_now() throws Exception {
        JobFactoryFixture fixture = given();
        ConfigurationSnapshot before = resolve(fixture);
        assumeTrue(fixture.spoilConfiguration(), "the fixture can't spoil its configuration");
        JobFactory reopened = fixture.reopened();
        for (JobFactory factory : List.of(fixture.factory(), reopened)) {
            assertThat(run(fixture, factory, request(fixture, before, fixture.goodFile(), 0, 1)))
                    .matches(Ended::succeeded, "succeeds");
        }
    }

    @Test
    void j3_6_a_snapshot_is_all_in_its_text() throws Exception {
        JobFactoryFixture fixture = given();
        ConfigurationSnapshot stored =
                ConfigurationSnapshot.of(new String(resolve(fixture).text().toCharArray()));
        assertThat(run(fixture, fixture.reopened(), request(fixture, stored, fixture.goodFile(), 0, 1)))
                .matches(Ended::succeeded, "succeeds");
    }

    @Test
    void j3_7_several_threads_may_create_at_once() throws Exception {
        JobFactoryFixture fixture = given();
        List<String> ids = new ArrayList<>();
        for (int ordinal = 0; ordinal < Parallel.THREADS; ordinal++) {
            ids.add(idOf(fixture, fixture.factory(), ordinal));
        }
        assertThat(Parallel.call(thread -> () -> idOf(fixture, fixture.factory(), thread)))
                .isEqualTo(ids);
    }

    @Test
    void j3_8_nothing_is_kept_for_a_file_whose_job_is_gone() throws Exception {
        JobFactoryFixture fixture = given();
        ConfigurationSnapshot snapshot = resolve(fixture);
        List<WeakReference<SourceFile>> files = new ArrayList<>();
        for (int i = 0; i < MANY_FILES; i++) {
            SourceFile file = watched(fixture, fixture.goodFile());
            files.add(new WeakReference<>(file));
            assertThat(fixture.factory().create(request(fixture, snapshot, file, i, 1)))
                    .isNotNull();
        }
        assertThat(stillHeld(files)).as("files that are still held").isLessThan(MANY_FILES / 10);
    }

    /** How many are left when the collector has had many chances. */
    private static long stillHeld(List<WeakReference<SourceFile>> files) {
        long held = files.size();
        for (int i = 0; i < 50 && held > MANY_FILES / 20; i++) {
            System.gc();
            held = files.stream().filter(file -> file.get() != null).count();
        }
        return held;
    }

    private static JobCreation.Created create(JobFactoryFixture fixture, JobFactory factory, long ordinal)
            throws Exception {
        JobCreation creation = create(fixture, factory, request(fixture, fixture.goodFile(), ordinal));
        assertThat(creation).isInstanceOf(JobCreation.Created.class);
        return (JobCreation.Created) creation;
    }

    private static String idOf(JobFactoryFixture fixture, JobFactory factory, long ordinal) throws Exception {
        String own = create(fixture, factory, ordinal).jobId();
        return own == null ? request(fixture, fixture.goodFile(), ordinal).proposedJobId() : own;
    }

    private static void assertRefused(JobFactoryFixture fixture, Scope scope, String id, ErrorCode code) {
        assertThatExceptionOfType(BatchEngineException.class)
                .isThrownBy(() -> fixture.factory().resolve(ResolveRequest.of(scope, fixture.type(), id)))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused).hasMessageContaining(id);
                    assertPrintable(String.valueOf(refused.getMessage()));
                });
    }
}
