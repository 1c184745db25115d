package io.batchengine.internal.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.spi.store.ListedPage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which files are settled, and of which the ids are kept. */
class SettledOrdinalsTest {
    private final SettledOrdinals ordinals = new SettledOrdinals(0);

    @Test
    void a_page_forgets_its_ids_when_all_that_is_not_settled_waits_in_the_store_and_the_rest_is_told() {
        ordinals.addPage(new ListedPage(0, List.of("a", "b", "c")));
        ordinals.leave(0);
        ordinals.leave(2);
        written();
        assertThat(ordinals.fileId(0)).isEqualTo("a");
        assertThat(ordinals.settle(1)).isTrue();
        assertThat(ordinals.fileId(1)).as("before it is told").isEqualTo("b");
        written();
        assertThat(ordinals.fileId(0)).isNull();
        assertThat(ordinals.fileId(1)).isNull();
        assertThat(ordinals.isOpen(0)).isTrue();
        assertThat(ordinals.isOpen(1)).isFalse();
    }

    @Test
    void a_file_that_was_read_back_has_its_name_until_it_is_told() {
        ordinals.addPage(new ListedPage(0, List.of("a", "b")));
        ordinals.leave(0);
        ordinals.leave(1);
        written();
        ordinals.comeBack(1, "b");
        written();
        assertThat(ordinals.fileId(0)).isNull();
        assertThat(ordinals.settle(1)).isTrue();
        assertThat(ordinals.settle(1)).as("again").isFalse();
        assertThat(ordinals.fileId(1)).isEqualTo("b");
        written();
        assertThat(ordinals.fileId(1)).isNull();
        ordinals.comeBack(0, "a");
        ordinals.leave(0);
        assertThat(ordinals.fileId(0)).isNull();
        assertThat(ordinals.settledBelow()).isZero();
    }

    private void written() {
        ordinals.settledBelow();
        ordinals.recorded();
    }
}
