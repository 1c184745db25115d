/** Tests that prove a plug-in against its contract, and decorators that make plug-ins fail. */
@NullMarked
package io.batchengine.testkit;

import org.jspecify.annotations.NullMarked;
