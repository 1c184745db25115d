package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;

import io.batchengine.spi.store.RenewRequest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A second copy of this library and of the drivers, as a web application has it; the loader above it knows neither. It is asked by text
 * alone, as its classes are others than those of the test.
 */
final class OtherLoader implements AutoCloseable {
    private static final List<String> LIBRARIES =
            List.of("batch-engine", "sqlite-jdbc", "postgresql", "HikariCP", "slf4j-api");

    private final URLClassLoader loader;

    OtherLoader() {
        URL[] all = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> !entry.endsWith(".jar") || LIBRARIES.stream().anyMatch(fileName(entry)::startsWith))
                .map(OtherLoader::url)
                .toArray(URL[]::new);
        loader = new URLClassLoader("web-application", all, ClassLoader.getPlatformClassLoader());
    }

    ClassLoader loader() {
        return loader;
    }

    /** Calls a static method of {@link Inside} there, on this thread, whose context class loader stays another. */
    String call(String method, String argument) throws Exception {
        Class<?> inside = Class.forName(Inside.class.getName(), true, loader);
        try {
            return String.valueOf(inside.getDeclaredMethod(method, String.class).invoke(null, argument));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static String fileName(String entry) {
        return String.valueOf(Path.of(entry).getFileName());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs in the other loader; public, so that it may be called from without. */
    public static final class Inside {
        private static @Nullable JdbcBatchStore store;

        private Inside() {}

        /** Opens a store by its url and keeps it. */
        public static String open(String url) {
            store = JdbcBatchStore.open(url);
            return store.toString();
        }

        /** Writes and reads, and tells what was read. */
        public static String use(String owner) {
            return requireNonNull(store)
                    .renew(RenewRequest.of(owner, Duration.ofMinutes(1), List.of()))
                    .held()
                    .toString();
        }

        /** Closes the store. */
        public static String close(String unused) {
            requireNonNull(store).close();
            return "closed";
        }

        /** What a container does when it takes an application out; asking for the drivers registers some more, so it asks again. */
        public static String undeploy(String unused) throws SQLException {
            for (int time = 0; time < 2; time++) {
                for (Driver driver : Collections.list(DriverManager.getDrivers())) {
                    DriverManager.deregisterDriver(driver);
                }
            }
            return "undeployed";
        }
    }
}
