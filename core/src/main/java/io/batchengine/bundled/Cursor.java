package io.batchengine.bundled;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts one after the other, in ascending order of their UTF-8 bytes. */
interface Cursor extends Closeable {
    /** The next text, or null at the end and from then on. */
    @Nullable
    String next() throws IOException;
}
