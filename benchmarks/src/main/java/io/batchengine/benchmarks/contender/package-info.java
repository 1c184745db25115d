/**
 * Who is compared: the engine and its peers behind one small interface, so that all run the same jobs over the same files and keep the
 * same results.
 */
@NullMarked
package io.batchengine.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
