/**
 * Keeps slower paths from hiding: what can be counted, store round trips and allocated bytes, is compared with recorded values. Nothing is
 * timed, so that a busy machine changes nothing.
 */
@NullMarked
package io.batchengine.benchmarks.guard;

import org.jspecify.annotations.NullMarked;
