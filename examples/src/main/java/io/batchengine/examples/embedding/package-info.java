/**
 * Small embeddings of the engine, each in one file: begin with {@link io.batchengine.examples.embedding.HelloWorld}.
 */
@NullMarked
package io.batchengine.examples.embedding;

import org.jspecify.annotations.NullMarked;
