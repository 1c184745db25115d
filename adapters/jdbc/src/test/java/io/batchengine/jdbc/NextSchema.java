package io.batchengine.jdbc;

import java.util.ArrayList;
import java.util.List;

/** A made-up version 2 of the schema, as a later version of the library would have it, and what may go wrong in its step. */
class NextSchema extends SchemaScripts {
    private static final List<String> STEP = List.of(
            "alter table ${prefix}batch add column note text;",
            "create table ${prefix}extra(\n  number bigint not null,\n  v text not null,\n  primary key (number)\n);",
            "create index ${prefix}batch_note on ${prefix}batch(note) where note is not null;",
            "insert into ${prefix}extra(number, v) select number, project from ${prefix}batch;",
            "update ${prefix}batch set note = 'of ' || id;",
            "drop index ${prefix}batch_pending;",
            "update ${prefix}meta set v = '2' where k in ('schema', 'schema_again');");
    /** How many statements the step has. */
    static final int STATEMENTS = STEP.size();

    NextSchema() {
        this(STEP);
    }

    private NextSchema(List<String> step) {
        super(2, (database, version) -> version == 1 ? text(database) : String.join("\n", step));
    }

    private static String text(String database) {
        return OF_THE_JAR.text(database, 1);
    }

    /** One whose statement at a place can't be run. */
    static NextSchema failingAt(int place) {
        List<String> step = new ArrayList<>(STEP);
        step.add(place, "insert into ${prefix}none(x) values (1);");
        return new NextSchema(step);
    }

    /** One that forgets to write its version. */
    static NextSchema withoutVersion() {
        return new NextSchema(STEP.subList(0, STATEMENTS - 1));
    }

    /** One at whose statement the process ends, as by {@code kill -9}. */
    static NextSchema haltingAt(int place) {
        return new NextSchema() {
            @Override
            List<String> statements(String database, int version, String prefix) {
                List<String> all = super.statements(database, version, prefix);
                return version == 1 ? all : new HaltingList(all, place);
            }
        };
    }

    private static final class HaltingList extends java.util.AbstractList<String> {
        private final List<String> all;
        private final int place;

        HaltingList(List<String> all, int place) {
            this.all = all;
            this.place = place;
        }

        @Override
        public String get(int index) {
            if (index == place) {
                Runtime.getRuntime().halt(ENDED);
            }
            return all.get(index);
        }

        @Override
        public int size() {
            return all.size() + 1; // the process may end behind the last one too
        }
    }

    /** How a process ends that was halted. */
    static final int ENDED = 99;

    /** A process that opens a store with the next version, and ends at one of its statements. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            JdbcBatchStore.builder()
                    .url(args[0])
                    .scripts(haltingAt(Integer.parseInt(args[1])))
                    .build()
                    .close();
        }
    }
}
