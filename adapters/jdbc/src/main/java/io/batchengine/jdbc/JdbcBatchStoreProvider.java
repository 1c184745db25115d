package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.BatchStoreProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.apiguardian.api.API;

/**
 * Makes a {@link JdbcBatchStore} by the name {@code jdbc}. Properties, each as the builder's method of that name: {@code url}, or {@code file} with the
 * path of a SQLite file, as text or as a URI that begins with {@code file:///}; {@code user}, {@code password}, {@code pool-size}, {@code table-prefix}, {@code create-schema}, {@code read-only},
 * {@code owner-locks}, and {@code lock-timeout}, {@code idle-in-transaction-timeout}, {@code socket-timeout}, {@code connect-timeout}, each
 * in milliseconds.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class JdbcBatchStoreProvider implements BatchStoreProvider {
    private static final String KNOWN = "url, file, user, password, pool-size, table-prefix, create-schema, read-only,"
            + " owner-locks, lock-timeout, idle-in-transaction-timeout, socket-timeout and connect-timeout";

    /** For {@link java.util.ServiceLoader}. */
    public JdbcBatchStoreProvider() {}

    @Override
    public String name() {
        return "jdbc";
    }

    /**
     * {@inheritDoc}
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if a key or a value is not one of those above; what
     *     {@link JdbcBatchStoreBuilder#build} throws
     */
    @Override
    public BatchStore create(Map<String, String> properties) {
        JdbcBatchStoreBuilder builder = JdbcBatchStore.builder();
        for (String key : new TreeSet<>(properties.keySet())) {
            set(builder, key, properties.getOrDefault(key, ""));
        }
        if (!properties.containsKey("url") && !properties.containsKey("file")) {
            throw Failures.invalid(
                    "the property url is missing: give jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE, or a file");
        }
        return builder.build();
    }

    private static void set(JdbcBatchStoreBuilder builder, String key, String value) {
        switch (key) {
            case "url" -> builder.url(value);
            case "file" -> builder.file(path(value));
            case "user" -> builder.user(value);
            case "password" -> builder.password(value);
            case "pool-size" -> builder.poolSize(number(key, value));
            case "table-prefix" -> builder.tablePrefix(value);
            case "create-schema" -> builder.createSchema(flag(key, value));
            case "read-only" -> builder.readOnly(flag(key, value));
            case "owner-locks" -> builder.ownerLocks(flag(key, value));
            case "lock-timeout" -> builder.lockTimeout(millis(key, value));
            case "idle-in-transaction-timeout" -> builder.idleInTransactionTimeout(millis(key, value));
            case "socket-timeout" -> builder.socketTimeout(millis(key, value));
            case "connect-timeout" -> builder.connectTimeout(millis(key, value));
            default -> throw Failures.invalid(Text.format("unknown property %s; known are %s", Text.quote(key), KNOWN));
        }
    }

    /** A URI is the same bytes in every locale, where text is not. */
    private static Path path(String value) {
        try {
            return value.startsWith("file:///") ? Path.of(URI.create(value)) : Path.of(value);
        } catch (IllegalArgumentException e) { // also InvalidPathException
            throw Failures.invalid(
                    Text.format("the property file is %s, which is no path on this machine", Text.quote(value)));
        }
    }

    private static int number(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Failures.invalid(Text.format("the property %s is %s; give a whole number", key, Text.quote(value)));
        }
    }

    private static Duration millis(String key, String value) {
        return Duration.ofMillis(number(key, value));
    }

    private static boolean flag(String key, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw Failures.invalid(
                        Text.format("the property %s is %s; give true or false", key, Text.quote(value)));
        };
    }
}
