/**
 * Which batches this engine takes up, how it keeps its hold on them, takes over what others left, and releases them.
 */
@NullMarked
package io.batchengine.internal.engine.claim;

import org.jspecify.annotations.NullMarked;
