package io.batchengine.benchmarks.flow;

/**
 * A line of the table.
 *
 * @param what was measured
 * @param measured what came out
 * @param bound what is asked for
 * @param met whether it holds
 */
record Measurement(String what, String measured, String bound, boolean met) {
    String line() {
        return "| %s | %s | %s | %s |".formatted(what, measured, bound, met ? "met" : "missed");
    }
}
