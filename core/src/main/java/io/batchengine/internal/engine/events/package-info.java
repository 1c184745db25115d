/**
 * Tells listeners, subscribers and those that wait what has become of batches. It is told values only.
 */
@NullMarked
package io.batchengine.internal.engine.events;

import org.jspecify.annotations.NullMarked;
