/**
 * The sample data of batch-docs. {@code SampleDocuments}, among the tests, makes it; every company in it is invented.
 */
@NullMarked
package io.batchengine.examples.sample;

import org.jspecify.annotations.NullMarked;
