package io.batchengine.examples.batchdocs;

import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.store.StoredBatch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this program keeps with a batch: some lines of its own, an empty line, and the snapshot of the job factory.
 *
 * @param output the output folder
 * @param glob which documents, or null for all
 * @param recursive whether also those in the directories below
 * @param configuration what the job factory keeps
 */
record Snapshot(Path output, @Nullable String glob, boolean recursive, String configuration) {
    private static final String HEAD = "batch-docs 1";

    static Snapshot of(RunSettings settings, ConfigurationSnapshot configuration) {
        return new Snapshot(settings.output(), settings.glob(), settings.recursive(), configuration.text());
    }

    static Snapshot of(StoredBatch batch) {
        try {
            return of(batch.request().configuration());
        } catch (IllegalArgumentException e) {
            throw foreign(batch.id());
        }
    }

    /** Reads what {@link #kept} gave. */
    static Snapshot of(ConfigurationSnapshot kept) {
        String[] parts = kept.text().split("\n\n", 2);
        String[] lines = parts[0].split("\n", -1);
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] pair = lines[i].split(" ", 2);
            values.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        String output = values.remove("output");
        String glob = values.remove("glob");
        boolean recursive = values.remove("recursive") != null;
        if (parts.length < 2 || !lines[0].equals(HEAD) || output == null || !values.isEmpty()) {
            throw new IllegalArgumentException("not kept by this program");
        }
        return new Snapshot(Paths.ofAddress(output), glob == null ? null : Paths.decoded(glob), recursive, parts[1]);
    }

    /** The text to be kept. */
    ConfigurationSnapshot kept() {
        StringBuilder text = new StringBuilder(HEAD).append("\noutput ").append(Paths.address(output));
        if (glob != null) {
            text.append("\nglob ").append(Paths.encoded(glob));
        }
        if (recursive) {
            text.append("\nrecursive");
        }
        return ConfigurationSnapshot.of(
                text.append("\n\n").append(configuration).toString());
    }

    static UsageException foreign(String batchId) {
        return new UsageException(
                Text.format("batch %s was not made by this program, or by another version of it", batchId));
    }
}
