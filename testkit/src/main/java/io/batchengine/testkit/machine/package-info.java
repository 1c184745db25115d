/**
 * A machine whose time, threads and processes are simulated: one thing happens at a time, in an order drawn from a seed, and time jumps to the
 * next thing that waits for it. Whatever runs on it runs the same way again with the same seed.
 */
@NullMarked
package io.batchengine.testkit.machine;

import org.jspecify.annotations.NullMarked;
