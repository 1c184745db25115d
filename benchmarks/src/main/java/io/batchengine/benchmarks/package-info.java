/** Benchmarks of the engine, beside what a user would write by hand. */
@NullMarked
package io.batchengine.benchmarks;

import org.jspecify.annotations.NullMarked;
