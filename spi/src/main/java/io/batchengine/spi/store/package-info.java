/**
 * What only authors of stores see: the interface {@link io.batchengine.spi.store.BatchStore}, what it is asked and what it answers, and
 * {@link io.batchengine.spi.store.BatchStoreProvider}, by which an engine finds a store by name.
 *
 * <p>An engine calls a store through one guard: whatever it throws, and whatever it returns against its contract, harms no batch that the
 * call was not for. New methods are added as defaults, so that a store compiled today keeps working.
 *
 * <p>Values are final classes that may get more parts: create them with their factories and builders. A record never gets another
 * component.
 */
@NullMarked
package io.batchengine.spi.store;

import org.jspecify.annotations.NullMarked;
