package io.batchengine.examples.sample;

import java.io.IOException;

/** Writes a document in one format. The same document gives the same bytes. */
interface DocWriter {
    byte[] write(Doc doc) throws IOException;
}
