/** Regular expressions of configurations, matched within a bound. Not exported. */
@NullMarked
package io.batchengine.documents.internal.pattern;

import org.jspecify.annotations.NullMarked;
