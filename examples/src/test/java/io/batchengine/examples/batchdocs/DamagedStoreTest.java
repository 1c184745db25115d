package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.batchdocs.Program.Run;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of the store hold other values than were written: each command prints what it can read, says what it can't, and does not end with 0. */
class DamagedStoreTest {
    @TempDir
    Path folder;

    private Path docs;
    private Path store;

    @BeforeEach
    void directories() throws IOException {
        docs = Files.createDirectory(folder.resolve("docs"));
        store = folder.resolve("kept/batches.db");
        Files.writeString(docs.resolve("a.txt"), "first");
        Files.writeString(docs.resolve("bad.pdf"), "%PDF-1.7\nnothing more");
        Files.writeString(docs.resolve("c.txt"), "third");
    }

    @Test
    void results_go_on_after_a_file_that_can_not_be_read() throws Exception {
        String id = parse();
        damage("update batch_engine_file set message = 'something else'");

        Run table = run("results", id);
        Run json = run("results", id, "--json", "--page-size", 2);

        assertDamaged(table);
        assertThat(table.out()).contains("a.txt  ", "c.txt  ").doesNotContain("bad.pdf", "something else");
        assertDamaged(json);
        assertThat(json.out()).contains("dfl-a.txt", "dfl-c.txt").doesNotContain("dfl-bad.pdf");
        assertThat(json.err()).contains("the files 1 to 1 can't be read");
    }

    @Test
    void a_batch_whose_row_is_damaged_is_left_out_of_the_list_and_told() throws Exception {
        String damaged = parse();
        String whole = parse();
        damage("update batch_engine_batch set succeeded = 7 where id = '" + damaged + "'");

        for (Run list : List.of(run("list"), run("list", "--json"))) {
            assertDamaged(list);
            assertThat(list.out()).contains(whole).doesNotContain(damaged);
            assertThat(list.err()).contains(damaged);
        }
        for (String command : List.of("show", "results", "resume")) {
            assertDamaged(run(command, damaged));
        }
        for (String command : List.of("show", "results")) {
            assertThat(run(command, whole).code()).isZero();
        }
        assertDamaged(run("cancel", damaged));
    }

    @Test
    void an_unfinished_batch_whose_files_are_damaged_is_told_by_resume_and_ended_by_cancel() throws Exception {
        String id = parse();
        damage("update batch_engine_batch set status = 2, finished_us = null where id = '" + id + "'");

        assertDamaged(run("resume"));
        assertDamaged(run("resume", id));
        assertDamaged(run("parse", docs));
        assertDamaged(run("cancel", id));
        assertDamaged(run("show", id)); // CANCELLED, and why
        assertThat(run("list").out()).contains(id, "CANCELLED");
    }

    @Test
    void a_store_whose_pages_are_no_pages_of_sqlite_is_told() throws Exception {
        String id = parse();
        try (RandomAccessFile file = new RandomAccessFile(store.toFile(), "rw")) {
            byte[] noise = new byte[4096];
            Arrays.fill(noise, (byte) 0xa5);
            for (long page = 1; page < file.length() / noise.length; page++) {
                file.seek(page * noise.length);
                file.write(noise);
            }
        }

        for (Object[] command :
                new Object[][] {{"list"}, {"show", id}, {"results", id}, {"resume"}, {"cancel", id}, {"parse", docs}}) {
            assertDamaged(run(command));
        }
    }

    private static void assertDamaged(Run run) {
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.STORE_DAMAGED);
        assertThat(run.err()).contains("batch-docs: ");
    }

    private void damage(String sql) throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private String parse() {
        return run("parse", docs, "--json").json().id();
    }

    private Run run(Object... command) {
        Object[] all = Arrays.copyOf(command, command.length + 4);
        Object[] places = {"--store", store, "--output", folder.resolve("out")};
        System.arraycopy(places, 0, all, command.length, places.length);
        return Program.run(all);
    }
}
