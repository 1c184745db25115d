/** The comparison of the engine with its peers: over storages, kinds of jobs and sizes. */
@NullMarked
package io.batchengine.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
