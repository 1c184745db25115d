package io.batchengine.documents;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * Where saved configurations come from. A saved configuration is a JSON text: <pre>{@code
 * {"type": "parse_v2", "parameters": {"mode": "layout"}}
 * }</pre>
 *
 * <p>Threading: called by the threads that create batches, several at once. It is read strictly, by who asked for it: duplicate keys,
 * trailing text, unknown fields and deep nesting are {@link ErrorCode#CONFIGURATION_INVALID}.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface Configurations {
    /** The longest saved configuration, in bytes of a file or characters of a text. */
    int MAX_LENGTH = 1 << 20;

    /**
     * Finds a saved configuration.
     *
     * @param scope on whose behalf
     * @param configurationId its id, as the caller gave it: any text
     * @return its JSON text, or empty where there is none of this id
     * @throws BatchEngineException {@link ErrorCode#CONFIGURATION_INVALID} if it exists and can't be read
     */
    Optional<String> find(Scope scope, String configurationId);

    /**
     * These configurations, and others where these have none of an id.
     *
     * @param others asked second
     * @return both
     */
    default Configurations orElse(Configurations others) {
        return (scope, id) -> find(scope, id).or(() -> others.find(scope, id));
    }

    /**
     * No configurations.
     *
     * @return one that finds nothing
     */
    static Configurations none() {
        return (scope, id) -> Optional.empty();
    }

    /**
     * The configurations that a function gives, the same for every scope.
     *
     * @param function from a configuration's id to its JSON text, or empty
     * @return the configurations
     */
    static Configurations of(Function<String, Optional<String>> function) {
        return (scope, id) -> function.apply(id);
    }

    /**
     * The configurations in a folder, one a file, the same for every scope.
     *
     * @param folder holds {@code <id>.json} for each
     * @return the configurations; read again each time
     */
    static ConfigurationFolder folder(Path folder) {
        return new ConfigurationFolder(folder);
    }
}
