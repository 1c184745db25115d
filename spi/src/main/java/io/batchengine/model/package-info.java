/**
 * The batch model: what a batch, its results, its jobs and its progress are, the legal moves between statuses, the
 * rules for ids, and the one exception type with its codes. All types except the builders are immutable and safe for
 * use by any thread.
 */
@NullMarked
package io.batchengine.model;

import org.jspecify.annotations.NullMarked;
