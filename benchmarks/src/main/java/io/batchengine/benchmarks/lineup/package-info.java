/** All contenders by name: the engine, what is written by hand, and the peers. */
@NullMarked
package io.batchengine.benchmarks.lineup;

import org.jspecify.annotations.NullMarked;
