/** Regular expressions of configurations, matched within a bound. Not exported. */
@NullMarked
package io.batchengine.documents.pattern;

import org.jspecify.annotations.NullMarked;
