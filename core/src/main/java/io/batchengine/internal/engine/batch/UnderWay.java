package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.job.SharedPage;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import java.util.List;

/**
 * A commit that the store has not answered.
 *
 * @param commit the commit
 * @param whole whether it carries all that there was to write
 * @param pages the pages in it, with their files
 * @param records what is told of the files in it, where somebody listens
 */
record UnderWay(BatchCommit commit, boolean whole, List<SharedPage> pages, List<FileRecord> records) {}
