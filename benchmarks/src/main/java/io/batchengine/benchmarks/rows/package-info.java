/** What is written by hand: a row per file, in durable commits, as quickly as each storage is known to take it. */
@NullMarked
package io.batchengine.benchmarks.rows;

import org.jspecify.annotations.NullMarked;
