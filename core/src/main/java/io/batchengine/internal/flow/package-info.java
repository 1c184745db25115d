/**
 * Which batch starts its next job: limits of jobs in flight, rates, back-pressure, and fair shares over projects and batches. It knows
 * nothing of files and jobs: what stands in a queue is a batch, and what is given out are slots, one for each job in flight.
 */
@NullMarked
package io.batchengine.internal.flow;

import org.jspecify.annotations.NullMarked;
