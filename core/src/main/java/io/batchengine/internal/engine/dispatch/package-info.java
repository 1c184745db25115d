/**
 * Gives turns to workers, stops jobs, and runs possible poison files in isolation. Knows batches as {@code DispatchHost} only.
 */
@NullMarked
package io.batchengine.internal.engine.dispatch;

import org.jspecify.annotations.NullMarked;
