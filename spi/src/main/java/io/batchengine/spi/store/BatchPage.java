package io.batchengine.spi.store;

import java.util.List;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * A page of batches.
 *
 * @param batches the batches, newest first; fewer than the query's limit where the list ends here
 * @param total how many meet the filters, where the query asked for it
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record BatchPage(List<StoredBatch> batches, OptionalLong total) {}
