package io.batchengine.examples.batchdocs;

import io.batchengine.model.Scope;
import java.io.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where outputs are written, and where and as whose the state of batches is kept. */
final class StoreOptions {
    static final String DEFAULT_PROJECT = "prj-default";
    private static final String DEFAULT_FILE = "batches.db";

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder of the outputs. Default: ./batch-docs-out",
            converter = PathConverter.class)
    @Nullable
    Path output;

    @Option(
            names = "--store",
            paramLabel = "FILE|URL",
            description =
                    "Where to keep the state of batches: a file, or the JDBC URL of a PostgreSQL database. Default: batches.db in the output folder")
    @Nullable
    String store;

    @Option(
            names = "--project",
            paramLabel = "ID",
            description =
                    "The project of the batches. Batches of other projects in the same store are hidden. Default: prj-default")
    private String project = DEFAULT_PROJECT;

    Path output() {
        return output == null ? defaultOutput() : output;
    }

    StoreLocation store() {
        return store == null ? StoreLocation.ofFile(output().resolve(DEFAULT_FILE)) : StoreLocation.of(store);
    }

    /** On whose behalf batches are made and read; refuses what can't be the id of a project. */
    Scope scope() {
        return Scope.ofProject(project);
    }

    /** The store of a command that is given neither option. */
    static StoreLocation defaultStore() {
        return StoreLocation.ofFile(defaultOutput().resolve(DEFAULT_FILE));
    }

    private static Path defaultOutput() {
        return Paths.of("." + File.separator + "batch-docs-out").normalize();
    }
}
