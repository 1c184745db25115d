package io.batchengine;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.internal.engine.base.EngineParts;
import io.batchengine.internal.engine.base.JobTypes;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobFactoryProvider;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceDirectoryProvider;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.BatchStoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The plug-ins that a builder is given, directly or by name; made when the engine is built. */
final class Plugins {
    private @Nullable Callable<SourceDirectory> directory;
    private @Nullable Callable<BatchStore> store;
    private boolean ownStore;
    private final List<Callable<JobFactory>> factories = new ArrayList<>();

    void sourceDirectory(SourceDirectory given) {
        setDirectory(() -> given);
    }

    void sourceDirectory(String name, Map<String, String> properties) {
        Map<String, String> settings = Map.copyOf(properties);
        setDirectory(() -> find(SourceDirectoryProvider.class, SourceDirectoryProvider::name, name)
                .create(settings));
    }

    void jobFactory(JobFactory given) {
        factories.add(() -> given);
    }

    void jobFactory(String name, Map<String, String> properties) {
        Map<String, String> settings = Map.copyOf(properties);
        factories.add(() ->
                find(JobFactoryProvider.class, JobFactoryProvider::name, name).create(settings));
    }

    void store(BatchStore given) {
        setStore(() -> given, false);
    }

    void store(String name, Map<String, String> properties) {
        Map<String, String> settings = Map.copyOf(properties);
        setStore(
                () -> find(BatchStoreProvider.class, BatchStoreProvider::name, name)
                        .create(settings),
                true);
    }

    SourceDirectory sourceDirectory() {
        if (directory == null) {
            throw Arguments.invalid("no source directory: give the builder one");
        }
        return make("source directory", directory);
    }

    JobTypes jobTypes() {
        return JobTypes.of(
                factories.stream().map(factory -> make("job factory", factory)).toList());
    }

    EngineParts.OpenStore store(LongSupplier ticker) {
        return store == null
                ? new EngineParts.OpenStore(new InMemoryBatchStore(ticker), true)
                : new EngineParts.OpenStore(make("batch store", store), ownStore);
    }

    private void setDirectory(Callable<SourceDirectory> made) {
        if (directory != null) {
            throw Arguments.invalid("the source directory is set twice");
        }
        directory = made;
    }

    private void setStore(Callable<BatchStore> made, boolean own) {
        if (store != null) {
            throw Arguments.invalid("the store is set twice");
        }
        store = made;
        ownStore = own;
    }

    private static <T> T make(String what, Callable<T> maker) {
        T made;
        try {
            made = maker.call();
        } catch (BatchEngineException refused) {
            throw refused;
        } catch (Exception | LinkageError | ServiceConfigurationError failure) { // also a class that is missing
            throw BatchEngineException.of(
                    ErrorCode.PLUGIN_FAILED,
                    Text.format("the %s could not be made: %s", what, Text.describe(failure)),
                    failure);
        }
        if (made == null) {
            throw BatchEngineException.of(
                    ErrorCode.PLUGIN_FAILED, Text.format("the provider of the %s answered null", what));
        }
        return made;
    }

    private static <P> P find(Class<P> type, Function<P, String> nameOf, String name) {
        List<P> all = ServiceLoader.load(type).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        List<P> named = all.stream().filter(p -> nameOf.apply(p).equals(name)).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        String problem = named.isEmpty()
                ? Text.format(
                        "has the name %s; found are %s: its jar must be on the class path, and one that was merged from several jars"
                                + " must have all their entries of META-INF/services",
                        Text.quote(name), all.stream().map(nameOf).sorted().toList())
                : Text.format(
                        "must have the name %s, and %s have it",
                        Text.quote(name),
                        named.stream().map(p -> p.getClass().getName()).sorted().toList());
        throw BatchEngineException.of(
                ErrorCode.PLUGIN_NOT_FOUND,
                Text.format("%s %s %s", named.isEmpty() ? "no" : "one", type.getSimpleName(), problem));
    }
}
