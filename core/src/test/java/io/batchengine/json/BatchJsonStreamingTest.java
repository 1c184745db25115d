package io.batchengine.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchJsonStreamingTest {
    private static final long RESULTS = 1_000_000;

    /** In a virtual machine of its own, whose heap is a tenth of the text. */
    @Test
    void a_million_results_are_one_text_in_a_small_heap() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output.strip()).isEqualTo(Long.toString(expectedLength()));
    }

    private static long expectedLength() {
        BatchJson json = BatchJson.acceptingAnyType();
        int empty = json.write(batch()).length() - "null".length() + "[]".length();
        long one =
                "{'source_directory_file_id':'dfl-0000000','error_message':null,'job_reference':{'id':'pjb-0000000','type':'parse_v2'}},"
                        .length();
        return empty + RESULTS * one - 1;
    }

    private static Batch batch() {
        return Batch.builder()
                .id("bat-01234567-89ab-7cde-8f01-234500000000")
                .config(BatchConfig.of(JobType.PARSE_V2, "cfg-1"))
                .projectId("prj-1")
                .sourceDirectoryId("dir-1")
                .status(BatchStatus.COMPLETED)
                .build();
    }

    /** Writes the results to nowhere and prints how many bytes they had. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            Iterator<BatchResult> results = LongStream.range(0, RESULTS)
                    .mapToObj(i -> BatchResult.ofJob(
                            Text.format("dfl-%07d", i), new JobReference(Text.format("pjb-%07d", i), JobType.PARSE_V2)))
                    .iterator();
            long[] bytes = new long[1];
            BatchJson.acceptingAnyType().write(batch(), results, new OutputStream() {
                @Override
                public void write(int b) {
                    bytes[0]++;
                }

                @Override
                public void write(byte[] b, int offset, int length) {
                    bytes[0] += length;
                }
            });
            new PrintStream(System.out, true, StandardCharsets.UTF_8).println(bytes[0]);
        }
    }
}
