package io.batchengine.documents.extract;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A job's context without an engine. */
record TestContext(SourceFile file, ConfigurationSnapshot configuration, boolean isStopRequested)
        implements JobContext {
    static SourceFile file(String name, String content) {
        return new SourceFile() {
            @Override
            public String id() {
                return "dfl-" + name;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    @Override
    public String jobId() {
        return proposedJobId();
    }

    @Override
    public void onStopRequested(Runnable action) {
        throw new UnsupportedOperationException("a blocking job asks");
    }

    @Override
    public Scope scope() {
        return Scope.ofProject("prj-1");
    }

    @Override
    public String batchId() {
        return "bat-1";
    }

    @Override
    public String sourceDirectoryId() {
        return "dir-1";
    }

    @Override
    public JobType type() {
        return JobType.EXTRACT_V2;
    }

    @Override
    public long ordinal() {
        return 0;
    }

    @Override
    public String proposedJobId() {
        return "ext-1";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long epoch() {
        return 1;
    }
}
