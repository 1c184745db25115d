/**
 * What can be plugged into an engine: where files come from ({@link io.batchengine.spi.SourceDirectory}), what is done with
 * each ({@link io.batchengine.spi.JobFactory}), where state is kept ({@link io.batchengine.spi.store.BatchStore}) and who is told
 * ({@link io.batchengine.spi.BatchListener}).
 *
 * <p>Every plug-in is called through one guard: whatever it throws, and whatever it returns against its contract, harms only the
 * batch it was called for. New methods are added as defaults, so that a plug-in compiled today goes on working.
 *
 * <p>Values are final classes that may get more parts: create them with their factories and builders. A record never gets another
 * component.
 */
@NullMarked
package io.batchengine.spi;

import org.jspecify.annotations.NullMarked;
