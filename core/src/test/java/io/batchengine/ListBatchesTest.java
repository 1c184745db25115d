package io.batchengine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.JobFactories;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Page;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of batches: order, filters, pages, tokens. */
class ListBatchesTest {
    private final ManualMachine machine = new ManualMachine();
    private final BatchEngine engine = machine.engine()
            .sourceDirectory(
                    new ListedDirectory().with("dir-a", "a").with("dir-b").with("null"))
            .jobFactory(JobFactories.blocking("test_v1", "tst-", context -> Outcome.succeeded()))
            .build();

    @Test
    void the_newest_comes_first() {
        List<String> ids = create(5, "dir-a");
        Collections.reverse(ids);
        assertThat(ids(list(ListBatches.ALL))).isEqualTo(ids);
    }

    @Test
    void batches_of_one_time_have_a_fixed_order_and_none_is_lost_between_pages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(engine.batches().create("dir-a", TestFactories.TYPE, "cfg").id());
        }
        assertThat(all(engine.batches(), ListBatches.ALL.withPageSize(2)))
                .isEqualTo(ids(list(ListBatches.ALL)))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void all_can_be_read_without_a_request() {
        List<String> ids = create(3, "dir-a");
        Collections.reverse(ids);
        assertThat(ids(engine.batches().list())).isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void a_stream_reads_page_after_page(int pageSize) {
        List<String> ids = create(7, "dir-a");
        create(1, "dir-b");
        Collections.reverse(ids);
        ListBatches request = ListBatches.ALL.withSourceDirectory("dir-a").withPageSize(pageSize);
        assertThat(engine.batches().stream(request)).extracting(Batch::id).containsExactlyElementsOf(ids);
        assertThat(engine.batches().stream(request.withSourceDirectory("dir-none")))
                .isEmpty();
    }

    @Test
    void a_stream_begins_where_a_page_ended_and_reads_no_more_than_is_taken() {
        List<String> ids = create(7, "dir-a");
        Collections.reverse(ids);
        Page<Batch> first = list(ListBatches.ALL.withPageSize(3));
        ListBatches rest = ListBatches.ALL.withPageSize(2).withPageToken(first.nextPageToken());
        assertThat(engine.batches().stream(rest).limit(2))
                .extracting(Batch::id)
                .containsExactly(ids.get(3), ids.get(4));
    }

    @Test
    void filters_by_a_set_of_statuses() {
        List<String> done = create(2, "dir-a");
        machine.run();
        List<String> pending = create(1, "dir-a");
        assertThat(ids(list(ListBatches.ALL.withStatus(BatchStatus.PENDING)))).isEqualTo(pending);
        assertThat(ids(list(ListBatches.ALL.withStatus(BatchStatus.COMPLETED)))).hasSameElementsAs(done);
        assertThat(list(ListBatches.ALL.withStatus(BatchStatus.COMPLETED, BatchStatus.PENDING))
                        .items())
                .hasSize(3);
        assertThat(list(ListBatches.ALL.withStatus(BatchStatus.FAILED)).items()).isEmpty();
    }

    @Test
    void filters_by_source_directory() {
        List<String> a = create(1, "dir-a");
        List<String> b = create(2, "dir-b");
        assertThat(ids(list(ListBatches.ALL.withSourceDirectory("dir-a")))).isEqualTo(a);
        assertThat(ids(list(ListBatches.ALL.withSourceDirectory("dir-b")))).hasSameElementsAs(b);
        assertThat(list(ListBatches.ALL.withSourceDirectory("dir")).items()).isEmpty();
    }

    @Test
    void filters_by_time_of_creation_with_both_ends_inclusive() {
        List<String> ids = create(4, "dir-a");
        Instant second = createdAt(ids.get(1));
        Instant third = createdAt(ids.get(2));
        assertThat(ids(list(ListBatches.ALL.withCreatedAt(second, third)))).containsExactly(ids.get(2), ids.get(1));
        assertThat(list(ListBatches.ALL.withCreatedAt(second, null)).items()).hasSize(3);
        assertThat(list(ListBatches.ALL.withCreatedAt(null, second)).items()).hasSize(2);
        assertThat(list(ListBatches.ALL.withCreatedAt(third, second)).items()).isEmpty();
    }

    @Test
    void all_filters_hold_together_and_the_total_counts_what_meets_them_on_all_pages() {
        create(2, "dir-b");
        List<String> wanted = create(3, "dir-a");
        machine.run();
        List<String> tooNew = create(1, "dir-a");
        ListBatches request = ListBatches.ALL
                .withStatus(BatchStatus.COMPLETED)
                .withSourceDirectory("dir-a")
                .withCreatedAt(null, createdAt(wanted.get(1)))
                .withPageSize(1)
                .withTotal();
        Page<Batch> page = list(request);
        assertThat(ids(page)).containsExactly(wanted.get(1));
        assertThat(page.totalSize()).hasValue(2);
        assertThat(all(engine.batches(), request))
                .containsExactly(wanted.get(1), wanted.get(0))
                .doesNotContainAnyElementsOf(tooNew);
        assertThat(list(ListBatches.ALL).totalSize()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE})
    void a_page_size_out_of_range_is_refused(int size) {
        refused(() -> ListBatches.ALL.withPageSize(size));
        refused(() -> PageRequest.ofSize(size));
    }

    @Test
    void pages_are_stable_while_batches_are_created_and_deleted() {
        List<String> ids = create(6, "dir-a");
        machine.run();
        Page<Batch> first = list(ListBatches.ALL.withPageSize(2));
        create(3, "dir-a");
        engine.batches().delete(ids.get(4)); // the last of the first page, at which the token points
        Page<Batch> second = list(ListBatches.ALL.withPageSize(2).withPageToken(first.nextPageToken()));
        assertThat(ids(second)).containsExactly(ids.get(3), ids.get(2));
    }

    @Test
    void a_token_is_of_its_project_and_its_filters_alone() {
        create(3, "dir-a");
        String token = list(ListBatches.ALL.withPageSize(1)).nextPageToken();
        ListBatches next = ListBatches.ALL.withPageSize(2).withPageToken(token);
        assertThat(list(next).items())
                .as("another page size is no other filter")
                .hasSize(2);
        refused(() -> engine.batches("prj-other").list(next));
        refused(() -> list(next.withStatus(BatchStatus.PENDING)));
        refused(() -> list(next.withSourceDirectory("dir-a")));
        refused(() -> list(next.withSourceDirectory("null")));
        refused(() -> list(next.withCreatedAt(Instant.EPOCH, null)));
        refused(() -> list(next.withCreatedAt(null, Instant.EPOCH)));
    }

    @Test
    void a_token_is_of_its_filters_whatever_characters_ids_have() {
        Batches left = engine.batches("p");
        left.create("null", TestFactories.TYPE, "cfg");
        left.create("null", TestFactories.TYPE, "cfg");
        String token = left.list(ListBatches.ALL.withSourceDirectory("null").withPageSize(1))
                .nextPageToken();
        refused(() -> left.list(ListBatches.ALL.withPageToken(token)));
        refused(() -> engine.batches("p, []").list(ListBatches.ALL.withPageToken(token)));
    }

    @Test
    void forged_tokens_are_refused() {
        create(3, "dir-a");
        String token = requireNonNull(list(ListBatches.ALL.withPageSize(1)).nextPageToken());
        String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        String digest = plain.substring(0, plain.indexOf(':') + 1);
        for (String forged : List.of(
                "",
                " ",
                "x",
                "!",
                token + "x",
                token.substring(1),
                "ü",
                "a".repeat(100_000),
                encode("nonsense"),
                encode(digest),
                encode(digest + "now bat-x"),
                encode(digest + " "),
                encode(digest + "2026-01-01T00:00:00Z"))) {
            refused(() -> list(ListBatches.ALL.withPageToken(forged)));
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> create(int count, String directory) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            machine.spend(Duration.ofMillis(1));
            ids.add(engine.batches()
                    .create(directory, TestFactories.TYPE, "cfg")
                    .id());
        }
        return ids;
    }

    private Instant createdAt(String id) {
        return requireNonNull(engine.batches().get(id).createdAt());
    }

    private Page<Batch> list(ListBatches request) {
        return engine.batches().list(request);
    }

    private static List<String> ids(Page<Batch> page) {
        return page.items().stream().map(Batch::id).toList();
    }

    private static List<String> all(Batches batches, ListBatches request) {
        List<String> ids = new ArrayList<>();
        String token = null;
        do {
            Page<Batch> page = batches.list(request.withPageToken(token));
            ids.addAll(ids(page));
            token = page.nextPageToken();
        } while (token != null);
        return ids;
    }
}
