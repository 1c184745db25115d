package io.batchengine.examples.batchdocs;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.SourceFile;

/** A request with another snapshot: the part of it that is the job factory's own. */
class OwnRequest implements JobRequest {
    private final JobRequest request;
    private final ConfigurationSnapshot configuration;

    OwnRequest(JobRequest request, ConfigurationSnapshot configuration) {
        this.request = request;
        this.configuration = configuration;
    }

    @Override
    public ConfigurationSnapshot configuration() {
        return configuration;
    }

    @Override
    public Scope scope() {
        return request.scope();
    }

    @Override
    public String batchId() {
        return request.batchId();
    }

    @Override
    public String sourceDirectoryId() {
        return request.sourceDirectoryId();
    }

    @Override
    public JobType type() {
        return request.type();
    }

    @Override
    public long ordinal() {
        return request.ordinal();
    }

    @Override
    public SourceFile file() {
        return request.file();
    }

    @Override
    public String proposedJobId() {
        return request.proposedJobId();
    }

    @Override
    public int attempt() {
        return request.attempt();
    }

    @Override
    public long epoch() {
        return request.epoch();
    }

    /** The same for a running job. */
    static final class Context extends OwnRequest implements JobContext {
        private final JobContext context;

        Context(JobContext context, ConfigurationSnapshot configuration) {
            super(context, configuration);
            this.context = context;
        }

        @Override
        public String jobId() {
            return context.jobId();
        }

        @Override
        public boolean isStopRequested() {
            return context.isStopRequested();
        }

        @Override
        public void onStopRequested(Runnable action) {
            context.onStopRequested(action);
        }
    }
}
