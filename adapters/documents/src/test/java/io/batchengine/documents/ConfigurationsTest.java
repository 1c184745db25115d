package io.batchengine.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationsTest {
    private static final Scope SCOPE = Scope.ofProject("prj-1");

    @TempDir
    private Path folder;

    @Test
    void a_folder_gives_the_files_by_id() throws IOException {
        Files.writeString(folder.resolve("cfg-b.json"), "{\"type\":\"parse_v2\"}");
        Files.writeString(folder.resolve("cfg-a.json"), "{}");
        Files.writeString(folder.resolve("notes.txt"), "no configuration");
        Files.createDirectory(folder.resolve("cfg-c.json"));

        ConfigurationFolder configurations = Configurations.folder(folder);

        assertThat(configurations.ids()).containsExactly("cfg-a", "cfg-b");
        assertThat(configurations.find(SCOPE, "cfg-b")).contains("{\"type\":\"parse_v2\"}");
        assertThat(configurations.find(SCOPE, "cfg-c")).isEmpty();
        assertThat(configurations.find(SCOPE, "cfg-x")).isEmpty();
        assertThat(Configurations.folder(folder.resolve("none")).ids()).isEmpty();
        assertThat(Configurations.folder(folder.resolve("none")).find(SCOPE, "cfg-a"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "..",
                "/outside",
                "sub/../../outside",
                "..\\outside",
                "out\u0000side",
                "",
                ".hidden"
            })
    void an_id_that_could_leave_the_folder_is_not_found(String id) throws IOException {
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.writeString(folder.resolve("outside.json"), "{}");
        Files.writeString(inner.resolve(".hidden.json"), "{}");

        assertThat(Configurations.folder(inner).find(SCOPE, id)).isEmpty();
    }

    @Test
    void a_file_that_is_too_long_or_no_text_is_invalid_and_named() throws IOException {
        Files.writeString(folder.resolve("long.json"), "x".repeat(Configurations.MAX_LENGTH + 1));
        Files.write(folder.resolve("bytes.json"), new byte[] {'{', (byte) 0xff, '}'});
        Files.writeString(folder.resolve("fits.json"), "x".repeat(Configurations.MAX_LENGTH));

        assertInvalid("long", "longer than 1048576 bytes");
        assertInvalid("bytes", "not valid UTF-8");
        assertThat(Configurations.folder(folder).find(SCOPE, "fits")).isPresent();
    }

    private void assertInvalid(String id, String fault) {
        assertThatExceptionOfType(BatchEngineException.class)
                .isThrownBy(() -> Configurations.folder(folder).find(SCOPE, id))
                .withMessageContainingAll('"' + id + '"', fault)
                .extracting(BatchEngineException::code)
                .isEqualTo(ErrorCode.CONFIGURATION_INVALID);
    }

    @Test
    void the_first_that_knows_an_id_wins() {
        Configurations first = Configurations.of(id -> id.equals("a") ? Optional.of("first") : Optional.empty());
        Configurations both = first.orElse(Configurations.of(id -> Optional.of("second")));

        assertThat(both.find(SCOPE, "a")).contains("first");
        assertThat(both.find(SCOPE, "b")).contains("second");
        assertThat(Configurations.none().find(SCOPE, "a")).isEmpty();
    }
}
