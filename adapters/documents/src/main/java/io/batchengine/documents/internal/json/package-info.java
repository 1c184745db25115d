/**
 * Strict reading of saved configurations. Not exported: its signatures hold Jackson's types.
 */
@NullMarked
package io.batchengine.documents.internal.json;

import org.jspecify.annotations.NullMarked;
