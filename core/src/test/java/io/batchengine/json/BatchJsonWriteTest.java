package io.batchengine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchJsonWriteTest {
    private static final String ID = "bat-01234567-89ab-7cde-8f01-234500000000";
    private static final Batch PENDING = Batch.builder()
            .id(ID)
            .config(BatchConfig.of(JobType.PARSE_V2, "cfg-PARSE_AGENTIC"))
            .projectId("prj-1")
            .sourceDirectoryId("dir-1")
            .status(BatchStatus.PENDING)
            .createdAt(Instant.parse("2026-01-02T03:04:05.006789Z"))
            .build();
    private static final String PENDING_JSON = "{'id':'bat-01234567-89ab-7cde-8f01-234500000000',"
            + "'config':{'job':{'type':'parse_v2','configuration_id':'cfg-PARSE_AGENTIC'}},"
            + "'project_id':'prj-1','source_directory_id':'dir-1','status':'PENDING',"
            + "'created_at':'2026-01-02T03:04:05.006Z','updated_at':null,'results':null}";
    private static final List<BatchResult> RESULTS = List.of(
            BatchResult.ofJob("dfl-a.txt", new JobReference("pjb-1", JobType.PARSE_V2)),
            BatchResult.ofMappingError("dfl-b.txt", "no such file"));
    private static final String RESULTS_JSON =
            "[{'source_directory_file_id':'dfl-a.txt','error_message':null,'job_reference':{'id':'pjb-1','type':'parse_v2'}},"
                    + "{'source_directory_file_id':'dfl-b.txt','error_message':'no such file','job_reference':null}]";

    private final BatchJson json = BatchJson.acceptingAnyType();

    @Test
    void a_batch_has_exactly_the_wire_fields_in_their_order() {
        assertThat(json.write(PENDING)).isEqualTo(golden(PENDING_JSON));
    }

    @Test
    void results_are_written_in_their_order() {
        Batch completed = completed(RESULTS);

        assertThat(json.write(completed))
                .isEqualTo(golden(PENDING_JSON
                        .replace("PENDING", "COMPLETED")
                        .replace("'results':null", "'results':" + RESULTS_JSON)));
    }

    @Test
    void no_results_are_an_empty_array() {
        assertThat(json.write(completed(List.of()))).endsWith(golden("'results':[]}"));
    }

    @Test
    void streamed_results_give_the_same_text() throws IOException {
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();

        json.write(completed(List.of()), RESULTS.iterator(), streamed);
        json.write(completed(RESULTS), whole);

        assertThat(streamed.toString(StandardCharsets.UTF_8))
                .isEqualTo(whole.toString(StandardCharsets.UTF_8))
                .isEqualTo(json.write(completed(RESULTS)));
    }

    @Test
    void a_job_record_has_its_components_in_snake_case() {
        JobRecord job = JobRecord.builder()
                .id("pjb-1")
                .type(JobType.PARSE_V2)
                .status(JobStatus.FAILED)
                .errorMessage("is encrypted")
                .batchId(ID)
                .fileId("dfl-a.pdf")
                .attempts(2)
                .startedAt(Instant.parse("2026-01-02T03:04:05Z"))
                .build();

        assertThat(json.writeJob(job))
                .isEqualTo(golden("{'id':'pjb-1','type':'parse_v2','status':'FAILED','error_message':'is encrypted',"
                        + "'batch_id':'" + ID + "','file_id':'dfl-a.pdf','attempts':2,"
                        + "'started_at':'2026-01-02T03:04:05.000Z','finished_at':null}"));
        assertThat(json.writeJobPage(new Page<>(List.of(job), null, OptionalLong.empty())))
                .isEqualTo("{\"items\":[" + json.writeJob(job) + golden("],'next_page_token':null,'total_size':null}"));
    }

    @Test
    void a_page_tells_its_token_and_total_where_they_are_known() {
        assertThat(json.writePage(new Page<>(List.of(PENDING), "t\"1", OptionalLong.of(7))))
                .isEqualTo(golden("{'items':[" + PENDING_JSON + "],'next_page_token':'t\\'1','total_size':7}"));
        assertThat(json.writeResultPage(new Page<>(RESULTS, null, OptionalLong.empty())))
                .isEqualTo(golden("{'items':" + RESULTS_JSON + ",'next_page_token':null,'total_size':null}"));
    }

    @ParameterizedTest
    @CsvSource({
        "0022, \\\"", "005c, \\\\", "000a, \\n", "0000, \\u0000", "001b, \\u001B", "007f, \\u007F", "0085, \\u0085",
        "009b, \\u009B", "2028, \\u2028", "2029, \\u2029", "202e, \\u202E", "feff, \\uFEFF", "d83d, \ufffd",
                "dc00, \ufffd",
        "00fc, \u00fc", "200d, \u200d", "e000, \ue000",
    })
    void hostile_characters_are_escaped_and_others_kept(String character, String written) {
        String text = "a" + (char) Integer.parseInt(character, 16) + "z";

        String line = json.writeResultPage(
                new Page<>(List.of(BatchResult.ofMappingError("dfl-1", text)), null, OptionalLong.empty()));

        assertThat(line).contains("\"error_message\":\"a" + written + "z\"");
    }

    @Test
    void an_emoji_is_written_as_it_is() {
        assertThat(json.write(completed(List.of(BatchResult.ofMappingError("dfl-\ud83d\ude00", "\ud83d\ude00")))))
                .contains("\"dfl-\ud83d\ude00\"", "\"\ud83d\ude00\"");
    }

    @Test
    void the_stream_is_flushed_and_left_open() throws IOException {
        StringBuilder calls = new StringBuilder();
        json.write(PENDING, new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void flush() {
                calls.append("flush ");
            }

            @Override
            public void close() {
                calls.append("close ");
            }
        });

        assertThat(calls).contains("flush").doesNotContain("close");
    }

    @Test
    void a_failing_stream_gives_its_own_exception() {
        IOException broken = new IOException("disk full");

        assertThatThrownBy(() -> json.write(PENDING, new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw broken;
                    }
                }))
                .isSameAs(broken);
    }

    @Test
    void failing_results_leave_a_text_that_is_no_document() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Iterator<BatchResult> failing = new Iterator<>() {
            private boolean first = true;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public BatchResult next() {
                if (!first) {
                    throw new IllegalStateException("the store is gone");
                }
                first = false;
                return RESULTS.get(0);
            }
        };

        assertThatThrownBy(() -> json.write(completed(List.of()), failing, out))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the store is gone");

        String text = out.toString(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> json.readBatch(text)).hasMessageContaining("ends too early");
        assertThat(text).doesNotEndWith("]}");
    }

    private static Batch completed(List<BatchResult> results) {
        return Batch.builder()
                .id(PENDING.id())
                .config(PENDING.config())
                .projectId(PENDING.projectId())
                .sourceDirectoryId(PENDING.sourceDirectoryId())
                .status(BatchStatus.COMPLETED)
                .createdAt(PENDING.createdAt())
                .updatedAt(PENDING.updatedAt())
                .results(results)
                .build();
    }

    private static String golden(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
