/**
 * JMH benchmarks of the parts of a file's way, each beside a variant that lacks the part, so that the difference is its cost. They go through the public
 * API: the classes inside the engine are hidden, a benchmark in their package would tie it to how they are cut today, and what counts is what
 * a user waits for. Times are per file, not per call.
 */
@NullMarked
package io.batchengine.benchmarks.hotpath;

import org.jspecify.annotations.NullMarked;
