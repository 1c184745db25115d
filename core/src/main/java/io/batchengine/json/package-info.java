/**
 * The wire JSON: batches, results and job records as JSON text, out and in. The one package that needs Jackson
 * ({@code tools.jackson.core:jackson-core}, version 3, nothing else of it).
 */
@NullMarked
package io.batchengine.json;

import org.jspecify.annotations.NullMarked;
