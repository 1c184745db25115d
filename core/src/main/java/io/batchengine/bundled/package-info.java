/** Plug-ins that come with the engine: the in-memory store, and a source directory over any file system. */
@NullMarked
package io.batchengine.bundled;

import org.jspecify.annotations.NullMarked;
