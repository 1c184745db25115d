package io.batchengine.documents.parse;

import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.SourceFile;
import java.util.Random;

/** What a job runs for, without an engine. */
final class TestContext implements JobContext {
    private static final String BATCH = Ids.newBatchId(1, new Random(1));

    private final SourceFile file;
    private final ConfigurationSnapshot configuration;
    private boolean stopRequested;
    private boolean stopAfterCheck;

    TestContext(SourceFile file, ConfigurationSnapshot configuration) {
        this.file = file;
        this.configuration = configuration;
    }

    TestContext stop() {
        stopRequested = true;
        return this;
    }

    @Override
    public Scope scope() {
        return Scope.ofProject("prj-1");
    }

    @Override
    public String batchId() {
        return BATCH;
    }

    @Override
    public String sourceDirectoryId() {
        return "dir-1";
    }

    @Override
    public JobType type() {
        return JobType.PARSE_V2;
    }

    @Override
    public long ordinal() {
        return 0;
    }

    @Override
    public SourceFile file() {
        return file;
    }

    @Override
    public ConfigurationSnapshot configuration() {
        return configuration;
    }

    @Override
    public String proposedJobId() {
        return Ids.proposedJobId("pjb-", BATCH, 0);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public String jobId() {
        return proposedJobId();
    }

    /** Is asked to stop right behind the next check. */
    TestContext stopBehindNextCheck() {
        stopAfterCheck = true;
        return this;
    }

    @Override
    public boolean isStopRequested() {
        boolean answer = stopRequested;
        stopRequested |= stopAfterCheck;
        return answer;
    }

    @Override
    public void onStopRequested(Runnable action) {
        throw new UnsupportedOperationException("a blocking job polls");
    }
}
