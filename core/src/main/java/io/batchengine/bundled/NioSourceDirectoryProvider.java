package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceDirectoryProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;

/**
 * Makes {@link NioSourceDirectory#under} by the name {@code nio}. Properties: {@code root}, the parent of the source directories,
 * required; {@code glob}, as {@link NioSourceDirectory#glob}; {@code recursive}, {@code true} or {@code false}, by default false.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class NioSourceDirectoryProvider implements SourceDirectoryProvider {
    private static final Set<String> KEYS = Set.of("root", "glob", "recursive");

    /** For {@link java.util.ServiceLoader}. */
    public NioSourceDirectoryProvider() {}

    @Override
    public String name() {
        return "nio";
    }

    /**
     * {@inheritDoc}
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if a key or a value is not one of those above
     */
    @Override
    public SourceDirectory create(Map<String, String> properties) {
        for (String key : new TreeSet<>(properties.keySet())) {
            if (!KEYS.contains(key)) {
                throw refused(Text.format("unknown property %s; known are root, glob and recursive", Text.quote(key)));
            }
        }
        String root = properties.get("root");
        if (root == null || root.isEmpty()) {
            throw refused("the property root is missing; give the directory that holds the source directories");
        }
        NioSourceDirectory directory =
                NioSourceDirectory.under(path(root)).recursive(flag(properties.getOrDefault("recursive", "false")));
        String glob = properties.get("glob");
        return glob == null ? directory : directory.glob(glob);
    }

    private static Path path(String root) {
        try {
            return Path.of(root);
        } catch (InvalidPathException e) {
            throw refused(Text.format("root %s is no path here", Text.quote(root)));
        }
    }

    private static boolean flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(Text.format("recursive is %s; give true or false", Text.quote(value)));
        };
    }

    private static BatchEngineException refused(String message) {
        return BatchEngineException.of(ErrorCode.INVALID_ARGUMENT, "source directory \"nio\": " + message);
    }
}
