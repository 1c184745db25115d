package io.batchengine.testkit;

import io.batchengine.model.Scope;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * A directory with known content, made for one rule of {@link SourceDirectoryContract}. Two methods are needed; each of the others
 * declares something that a source can do, and a rule that needs what is not declared is reported as skipped.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface SourceDirectoryFixture {
    /**
     * The source directory to be proved.
     *
     * @return the same object at each call
     */
    SourceDirectory source();

    /**
     * The directory that holds the files.
     *
     * @return its id
     */
    String directoryId();

    /**
     * On whose behalf the rules call.
     *
     * @return a scope for which the directory exists; project {@code prj-contract} unless overridden
     */
    default Scope scope() {
        return Scope.ofProject("prj-contract");
    }

    /**
     * A caller who must not see the directory.
     *
     * @return a scope for which it does not exist, or empty where the source serves every caller alike
     */
    default Optional<Scope> stranger() {
        return Optional.empty();
    }

    /**
     * Takes a file out of the directory.
     *
     * @param name one of its names
     * @return whether it was done; false where the test can't
     * @throws Exception if it failed
     */
    default boolean remove(String name) throws Exception {
        return false;
    }

    /**
     * Puts a file into the directory, with {@link SourceDirectoryContract#contentOf}.
     *
     * @param name a name that it does not have
     * @return whether it was done; false where the test can't
     * @throws Exception if it failed
     */
    default boolean add(String name) throws Exception {
        return false;
    }

    /**
     * Puts a file into the directory that the source lists as {@linkplain SourceFile#unreadable() unreadable}.
     *
     * @return whether it was done; false where there can be none, or the test can't
     * @throws Exception if it failed
     */
    default boolean addUnreadable() throws Exception {
        return false;
    }

    /**
     * How many listings hold something open now: cursors, connections, file descriptors.
     *
     * @return the number, or empty where it can't be told
     */
    default OptionalInt openListings() {
        return OptionalInt.empty();
    }

    /**
     * A source directory created again over the same content, as after a restart.
     *
     * @return another object, or the same where the test can't
     * @throws Exception if it failed
     */
    default SourceDirectory reopened() throws Exception {
        return source();
    }

    /**
     * Called when the rule has ended.
     *
     * @throws Exception fails the rule
     */
    default void close() throws Exception {}

    /**
     * A fixture that declares nothing.
     *
     * @param source the source directory to be proved
     * @param directoryId the directory that holds the files
     * @return the fixture
     */
    static SourceDirectoryFixture of(SourceDirectory source, String directoryId) {
        return new SourceDirectoryFixture() {
            @Override
            public SourceDirectory source() {
                return source;
            }

            @Override
            public String directoryId() {
                return directoryId;
            }
        };
    }
}
