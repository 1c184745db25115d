package io.batchengine.orchestration;

import io.batchengine.spi.ListedPage;
import java.util.List;

/**
 * What an earlier engine left of a batch.
 *
 * @param pages recorded pages that are not settled as a whole
 * @param settled ordinals in them that are settled
 * @param unsettled files in them that are to be started
 */
record Recovered(List<ListedPage> pages, List<Long> settled, List<Again> unsettled) {
    static final Recovered NOTHING = new Recovered(List.of(), List.of(), List.of());
}
