package io.batchengine.documents;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Saved configurations in the files {@code <id>.json} of a folder. An id is found only where it is a plain name: 1 to 200 letters,
 * digits, dots, dashes and underscores of ASCII, not beginning with a dot. So no id leads out of the folder.
 *
 * <p>Threading: any number of threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ConfigurationFolder implements Configurations {
    private static final String SUFFIX = ".json";
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private final Path folder;

    ConfigurationFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<String> find(Scope scope, String configurationId) {
        if (!PLAIN_ID.matcher(configurationId).matches()) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(configurationId + SUFFIX);
            return Files.isRegularFile(file) ? Optional.of(read(configurationId, file)) : Optional.empty();
        } catch (InvalidPathException notAName) { // a reserved name of this system
            return Optional.empty();
        }
    }

    /**
     * The ids of the folder's configurations, readable or not.
     *
     * @return the ids in ascending order; empty where there is no such folder
     * @throws BatchEngineException {@link ErrorCode#CONFIGURATION_INVALID} if the folder can't be listed
     */
    public List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(id -> PLAIN_ID.matcher(id).matches())
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw BatchEngineException.of(
                    ErrorCode.CONFIGURATION_INVALID,
                    Text.format(
                            "the configurations in %s can't be listed: %s",
                            Text.quote(folder.toString()), Text.describe(e)),
                    e);
        }
    }

    private static String read(String id, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            if (bytes.length > MAX_LENGTH) {
                throw invalid(id, Text.format("is longer than %d bytes", MAX_LENGTH), null);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(id, "is not valid UTF-8", e);
        } catch (IOException e) {
            throw invalid(id, "can't be read: " + Text.describe(e), e);
        }
    }

    private static BatchEngineException invalid(String id, String fault, @Nullable Exception cause) {
        return BatchEngineException.of(
                ErrorCode.CONFIGURATION_INVALID, Text.format("the configuration %s %s", Text.quote(id), fault), cause);
    }
}
