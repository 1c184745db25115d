package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.batchengine.model.Text;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips one bit in a file of a table or an index of a PostgreSQL store: of a copy of the database that no server process has read yet. In
 * every other draw the server looks at the checksums of its pages; in the others it does not, as where it keeps none. More draws, or others:
 * {@code batchengine.flips.postgres}, {@code batchengine.flips.postgres.from} and {@code batchengine.flips.seed}.
 */
@Tag("rounds")
class PostgresBitFlipTest {
    private static final int DRAWS = Integer.getInteger("batchengine.flips.postgres", 2);
    private static final int FROM = Integer.getInteger("batchengine.flips.postgres.from", 0);
    private static final long SEED = Long.getLong("batchengine.flips.seed", 1);
    private static final String TRUTH = "truth";

    private static EmbeddedPostgres server;

    /** A file of a relation, relative to the folder of its database. */
    private static final class Relation {
        private final String name;
        private final String file;
        private final byte[] whole;

        Relation(String name, String file, byte[] whole) {
            this.name = name;
            this.file = file;
            this.whole = whole;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("autovacuum", "off") // it would read pages before they are damaged
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void a_flipped_bit_is_told_and_never_served_as_truth(@TempDir Path folder) throws Exception {
        try (Connection admin = DriverManager.getConnection(url("postgres"));
                Statement sql = admin.createStatement()) {
            sql.execute("create database " + TRUTH);
            BitFlipStore store = BitFlipStore.make(folder, opener(TRUTH));
            sql.execute("checkpoint");
            List<Relation> relations = relations(data(sql));
            sql.execute("create database whole template " + TRUTH);
            BitFlipTrial trial = new BitFlipTrial(store, opener("whole"));
            for (int draw = FROM; draw < FROM + DRAWS; draw++) {
                String name = "draw_" + draw;
                awaitServer(); // damage may end a server process, and with it all sessions
                try (Connection session = DriverManager.getConnection(url("postgres"));
                        Statement one = session.createStatement()) {
                    one.execute("create database " + name + " template " + TRUTH + " strategy file_copy");
                    one.execute(Text.format(
                            "alter database %s set ignore_checksum_failure = %s", name, draw % 2 == 0 ? "on" : "off"));
                    String what = flip(draw, database(one, name), relations);
                    trial.run("draw " + draw + ", " + what, opener(name));
                }
                awaitServer();
                TestPostgres.execute(url("postgres"), "drop database " + name + " with (force)");
            }
            trial.end(DRAWS + " draws of one bit in " + relations.size() + " files of PostgreSQL");
        }
    }

    private static void awaitServer() {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> TestPostgres.number(url("postgres"), "select 1") == 1);
    }

    private static Path data(Statement sql) throws SQLException {
        return database(sql, TRUTH);
    }

    private static Path database(Statement sql, String name) throws SQLException {
        String query = "select current_setting('data_directory'), oid from pg_database where datname = '" + name + "'";
        try (ResultSet row = sql.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return Path.of(row.getString(1)).resolve("base").resolve(row.getString(2));
        }
    }

    private static List<Relation> relations(Path database) throws SQLException, IOException {
        String query = "select c.relname, c.relfilenode from pg_class c where c.relkind in ('r', 'i', 't')"
                + " and (c.relname like 'batch\\_engine\\_%' or exists (select 1 from pg_class t"
                + " left join pg_index i on i.indrelid = t.reltoastrelid"
                + " where t.relname like 'batch\\_engine\\_%' and c.oid in (t.reltoastrelid, i.indexrelid)))";
        List<Relation> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url(TRUTH));
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                byte[] whole = Files.readAllBytes(database.resolve(rows.getString(2)));
                if (whole.length > 0) {
                    found.add(new Relation(rows.getString(1), rows.getString(2), whole));
                }
            }
        }
        return found;
    }

    /** Each fourth anywhere, the others where there is something. */
    private static String flip(int draw, Path database, List<Relation> relations) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED + draw);
        Relation relation;
        long bit;
        do {
            relation = relations.get(random.nextInt(relations.size()));
            bit = random.nextLong(8L * relation.whole.length);
        } while (draw % 4 != 0 && relation.whole[(int) (bit / 8)] == 0);
        try (RandomAccessFile file =
                new RandomAccessFile(database.resolve(relation.file).toFile(), "rw")) {
            file.seek(bit / 8);
            int before = file.read();
            assertThat(before).isEqualTo(relation.whole[(int) (bit / 8)] & 0xff);
            file.seek(bit / 8);
            file.write(before ^ (1 << (bit % 8)));
        }
        return relation.name + ", byte " + bit / 8 + " of " + relation.whole.length + ", bit " + bit % 8;
    }

    private static Supplier<JdbcBatchStore> opener(String database) {
        return () -> JdbcBatchStore.open(url(database));
    }

    private static String url(String database) {
        return Text.format("jdbc:postgresql://localhost:%d/%s?user=postgres", server.getPort(), database);
    }
}
