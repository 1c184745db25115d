/**
 * What the document jobs share: the parser ({@link io.batchengine.documents.DocumentParser}), where outputs are written
 * ({@link io.batchengine.documents.OutputFolder}) and where saved configurations come from
 * ({@link io.batchengine.documents.Configurations}).
 */
@NullMarked
package io.batchengine.documents;

import org.jspecify.annotations.NullMarked;
