/**
 * How a batch runs; hidden from users. {@link io.batchengine.orchestration.SerialExecutor} is the one serial context in which all
 * decisions are made; {@link io.batchengine.orchestration.BatchRun} is the state of one owned batch; around them stand the parts
 * that do what blocks: listing, turns of workers, commits, claims, events.
 */
@NullMarked
package io.batchengine.orchestration;

import org.jspecify.annotations.NullMarked;
