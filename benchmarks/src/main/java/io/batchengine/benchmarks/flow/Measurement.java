package io.batchengine.benchmarks.flow;

import io.batchengine.model.Text;

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
        return Text.format("| %s | %s | %s | %s |", what, measured, bound, met ? "met" : "missed");
    }
}
