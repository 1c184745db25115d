package io.batchengine.testkit;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.SourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A job factory with what its jobs need, made for one rule of {@link JobFactoryContract}. Three methods are needed; each of the others
 * declares something more, and a rule that needs what is not declared is reported as skipped.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface JobFactoryFixture {
    /**
     * The factory to be proved.
     *
     * @return the same object at each call
     */
    JobFactory factory();

    /**
     * A configuration that exists.
     *
     * @return its id
     */
    String configurationId();

    /**
     * A file whose job succeeds, under whatever name.
     *
     * @return a file that can be opened again and again
     */
    SourceFile goodFile();

    /**
     * The job type that is proved.
     *
     * @return one of the factory's types; the first unless overridden
     */
    default JobType type() {
        return factory().types().keySet().iterator().next();
    }

    /**
     * On whose behalf the rules call.
     *
     * @return a scope for which the configuration exists; project {@code prj-contract} unless overridden
     */
    default Scope scope() {
        return Scope.ofProject("prj-contract");
    }

    /**
     * A file whose job fails, or for which none can be created.
     *
     * @return the file, or empty where there is none
     */
    default Optional<SourceFile> badFile() {
        return Optional.empty();
    }

    /**
     * A file whose job runs until it is asked to stop, or nearly for ever.
     *
     * @return the file, or empty where there is none
     */
    default Optional<SourceFile> endlessFile() {
        return Optional.empty();
    }

    /**
     * An id of no configuration.
     *
     * @return the id, or empty where every id is one of a configuration
     */
    default Optional<String> unknownConfigurationId() {
        return Optional.of("cfg-contract-unknown");
    }

    /**
     * A configuration that exists, of a type other than {@link #type}.
     *
     * @return its id, or empty where there is none
     */
    default Optional<String> otherTypesConfigurationId() {
        return Optional.empty();
    }

    /**
     * A configuration that exists and can't be used.
     *
     * @return its id, or empty where there is none
     */
    default Optional<String> invalidConfigurationId() {
        return Optional.empty();
    }

    /**
     * A caller who must not see the configuration.
     *
     * @return a scope for which it does not exist, or empty where the factory serves every caller alike
     */
    default Optional<Scope> stranger() {
        return Optional.empty();
    }

    /**
     * Deletes the configuration, or makes it so that no job could succeed by it.
     *
     * @return whether it was done; false where the test can't
     * @throws Exception if it failed
     */
    default boolean spoilConfiguration() throws Exception {
        return false;
    }

    /**
     * Texts that no message may tell: credentials, content of the bad file.
     *
     * @return the texts
     */
    default List<String> secrets() {
        return List.of();
    }

    /**
     * Whether the jobs need {@link SourceFile#path()}. Rules that watch how a job reads its file hide the path otherwise.
     *
     * @return false unless overridden
     */
    default boolean needsPath() {
        return false;
    }

    /**
     * How long a job may take to end, and to stop when it is asked to.
     *
     * @return 30 seconds unless overridden
     */
    default Duration patience() {
        return Duration.ofSeconds(30);
    }

    /**
     * A factory created again over the same settings, as after a restart.
     *
     * @return another object, or the same where the test can't
     * @throws Exception if it failed
     */
    default JobFactory reopened() throws Exception {
        return factory();
    }

    /**
     * Called when the rule has ended.
     *
     * @throws Exception fails the rule
     */
    default void close() throws Exception {}
}
