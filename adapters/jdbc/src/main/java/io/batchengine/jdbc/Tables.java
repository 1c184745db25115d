package io.batchengine.jdbc;

/**
 * The names of the tables.
 *
 * @param prefix what each begins with; checked, so that it may stand in SQL
 */
record Tables(String prefix) {
    String meta() {
        return prefix + "meta";
    }

    String owner() {
        return prefix + "owner";
    }

    String batch() {
        return prefix + "batch";
    }

    String snapshot() {
        return prefix + "snapshot";
    }

    String page() {
        return prefix + "page";
    }

    String success() {
        return prefix + "success";
    }

    String file() {
        return prefix + "file";
    }

    String parked() {
        return prefix + "parked";
    }
}
