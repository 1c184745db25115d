/**
 * Plug-ins that come with the engine: the in-memory store, and a source directory over any file system
 * ({@link io.batchengine.bundled.NioSourceDirectory}); and the sorting of any other listing in bounded memory
 * ({@link io.batchengine.bundled.SortedListing}).
 */
@NullMarked
package io.batchengine.bundled;

import org.jspecify.annotations.NullMarked;
