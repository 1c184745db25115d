/** A durable batch store on plain JDBC. */
@NullMarked
package io.batchengine.jdbc;

import org.jspecify.annotations.NullMarked;
