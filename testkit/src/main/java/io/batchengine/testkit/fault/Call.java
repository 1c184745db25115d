package io.batchengine.testkit.fault;

import org.apiguardian.api.API;

/**
 * The calls of plug-ins that {@link Faults} counts and makes fail.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Call {
    /** {@link io.batchengine.spi.store.BatchStore#create}. */
    STORE_CREATE,
    /** {@link io.batchengine.spi.store.BatchStore#find}. */
    STORE_FIND,
    /** {@link io.batchengine.spi.store.BatchStore#list}. */
    STORE_LIST,
    /** {@link io.batchengine.spi.store.BatchStore#commit}. */
    STORE_COMMIT,
    /** {@link io.batchengine.spi.store.BatchStore#claim}. */
    STORE_CLAIM,
    /** {@link io.batchengine.spi.store.BatchStore#renew}. */
    STORE_RENEW,
    /** {@link io.batchengine.spi.store.BatchStore#requestCancel}. */
    STORE_REQUEST_CANCEL,
    /** {@link io.batchengine.spi.store.BatchStore#files}. */
    STORE_FILES,
    /** {@link io.batchengine.spi.store.BatchStore#delete}. */
    STORE_DELETE,
    /** {@link io.batchengine.spi.store.BatchStore#close}. */
    STORE_CLOSE,
    /** {@link io.batchengine.spi.SourceDirectory#exists}. */
    DIRECTORY_EXISTS,
    /** {@link io.batchengine.spi.SourceDirectory#list}. */
    DIRECTORY_LIST,
    /** {@link io.batchengine.spi.SourceDirectory#find}. */
    DIRECTORY_FIND,
    /** {@link io.batchengine.spi.Listing#next}. */
    LISTING_NEXT,
    /** {@link io.batchengine.spi.Listing#close}. */
    LISTING_CLOSE,
    /** {@link io.batchengine.spi.SourceFile#open}. */
    FILE_OPEN,
    /** {@link io.batchengine.spi.JobFactory#types}. */
    FACTORY_TYPES,
    /** {@link io.batchengine.spi.JobFactory#resolve}. */
    FACTORY_RESOLVE,
    /** {@link io.batchengine.spi.JobFactory#create}. */
    FACTORY_CREATE,
    /** {@link io.batchengine.spi.Job.BlockingJob#run} and {@link io.batchengine.spi.Job.AsyncJob#start}. */
    JOB_RUN
}
