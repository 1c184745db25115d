package io.batchengine.testkit.example;

import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import java.util.Map;

// DOC:begin jobs
/** Sends a report on each file to a service. A report that is sent again replaces the first one, since it has the id of its job. */
record ReportJobs(ReportService service) implements JobFactory {
    static final JobType TYPE = JobType.of("report_v1");

    @Override
    public Map<JobType, String> types() {
        return Map.of(TYPE, "rep-");
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        return ConfigurationSnapshot.of(request.configurationId());
    }

    @Override
    public JobCreation create(JobRequest request) {
        return JobCreation.created(Job.blocking(this::send));
    }

    private Outcome send(JobContext job) throws InterruptedException {
        service.put(job.jobId(), "report on " + job.file().name());
        return Outcome.succeeded();
    }
}
// DOC:end jobs
