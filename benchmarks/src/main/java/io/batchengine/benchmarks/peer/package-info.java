/**
 * Other libraries that run a job for each of many files, each set up for throughput as its own documentation recommends, over the same
 * files, with the same jobs and the same durable results as the engine.
 */
@NullMarked
package io.batchengine.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
