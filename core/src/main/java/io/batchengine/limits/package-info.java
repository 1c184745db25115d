/**
 * How much an engine does at a time: limits of jobs in flight, of starts per second and of active batches, and the shares of projects.
 * Values, to be given to the builder and changed while the engine runs.
 *
 * <p>All of them are limits of one engine: two engines on one store may together have twice as much in flight.
 */
@NullMarked
package io.batchengine.limits;

import org.jspecify.annotations.NullMarked;
