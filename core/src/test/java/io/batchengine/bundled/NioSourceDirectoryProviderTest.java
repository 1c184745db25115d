package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceDirectoryProvider;
import io.batchengine.spi.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioSourceDirectoryProviderTest {
    private final SourceDirectoryProvider provider = ServiceLoader.load(SourceDirectoryProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("nio"))
            .findAny()
            .orElseThrow();

    @Test
    void it_serves_the_directories_under_its_root(@TempDir Path dir) throws Exception {
        Sources.write(dir, "in/a.pdf");
        Sources.write(dir, "in/b.txt");
        Sources.write(dir, "in/sub/c.pdf");
        assertThat(ids(Map.of("root", dir.toString()))).containsExactly("dfl-a.pdf", "dfl-b.txt");
        assertThat(ids(Map.of("root", dir.toString(), "glob", "*.pdf", "recursive", "true")))
                .containsExactly("dfl-a.pdf", "dfl-sub/c.pdf");
        assertThat(ids(Map.of("root", dir.toString(), "recursive", "false"))).hasSize(2);
        assertThat(provider.create(Map.of("root", dir.toString())).exists(Sources.SCOPE, "other"))
                .isFalse();
    }

    @Test
    void what_it_does_not_know_is_refused() {
        refuses(Map.of(), "root is missing");
        refuses(Map.of("root", ""), "root is missing");
        refuses(Map.of("root", "a\0b"), "a\\u0000b");
        refuses(Map.of("root", ".", "rekursive", "true"), "\"rekursive\"");
        refuses(Map.of("root", ".", "recursive", "yes"), "\"yes\"");
        refuses(Map.of("root", ".", "glob", "["), "the glob \"[\"");
    }

    private void refuses(Map<String, String> properties, String message) {
        assertThatThrownBy(() -> provider.create(properties))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(message);
    }

    private List<String> ids(Map<String, String> properties) throws Exception {
        SourceDirectory source = provider.create(properties);
        try (Listing listing = source.list(ListRequest.of(Sources.SCOPE, "in"))) {
            return Sources.drain(listing, 10).stream().map(SourceFile::id).toList();
        }
    }
}
