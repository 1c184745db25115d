package io.batchengine.examples.batchdocs;

import io.batchengine.documents.Configurations;
import io.batchengine.model.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where saved configurations are looked for: in a folder of the user's, then among those of the sample. */
final class ConfigurationOptions {
    @Option(
            names = "--configs",
            paramLabel = "DIR",
            description = "A folder of saved configurations: ID.json for each",
            converter = PathConverter.class)
    @Nullable
    Path folder;

    void check() {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException(Text.format("--configs %s is not a directory", Paths.text(folder)));
        }
    }

    Configurations configurations() {
        Configurations shipped = SampleConfigurations.INSTANCE;
        return folder == null ? shipped : Configurations.folder(folder).orElse(shipped);
    }
}
