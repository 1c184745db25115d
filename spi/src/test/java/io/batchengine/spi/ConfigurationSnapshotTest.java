package io.batchengine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import org.junit.jupiter.api.Test;

class ConfigurationSnapshotTest {
    @Test
    void a_text_that_every_store_can_keep_is_taken() {
        assertThat(ConfigurationSnapshot.EMPTY.text()).isEmpty();
        String longest = "x".repeat(ConfigurationSnapshot.MAX_LENGTH);
        assertThat(ConfigurationSnapshot.of(longest).text()).isEqualTo(longest);
        assertThat(ConfigurationSnapshot.of("\n\u0001\ud83d\ude00").text()).hasSize(4);
    }

    @Test
    void a_text_that_some_store_could_not_keep_is_refused() {
        refused(
                "x".repeat(ConfigurationSnapshot.MAX_LENGTH + 1),
                "has 1048577 characters; at most 1048576 are allowed");
        refused("a\0b", "holds a NUL character");
        refused("a\ud83d", "is not valid Unicode: unpaired surrogate at 1");
    }

    private static void refused(String text, String why) {
        assertThatThrownBy(() -> ConfigurationSnapshot.of(text))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
                .hasMessage("the configuration's snapshot " + why);
    }
}
