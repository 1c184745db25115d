package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ResolveRequest;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Job factories for jobs that need no configuration of their own.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class JobFactories {
    private JobFactories() {}

    /**
     * A factory of one job type whose jobs block a worker thread. It takes any configuration id and gives an empty snapshot.
     *
     * @param type the job type
     * @param prefix the prefix of its job ids, such as {@code cnt-}
     * @param job does the work for each file; called by several threads at once
     * @return the factory
     */
    public static JobFactory blocking(String type, String prefix, Job.BlockingJob job) {
        return new OneJob(JobType.of(type), prefix, JobCreation.created(job));
    }

    /**
     * A factory of one job type whose jobs complete by themselves. It takes any configuration id and gives an empty snapshot.
     *
     * @param type the job type
     * @param prefix the prefix of its job ids
     * @param job starts the work for each file; called by several threads at once
     * @return the factory
     */
    public static JobFactory async(String type, String prefix, Job.AsyncJob job) {
        return new OneJob(JobType.of(type), prefix, JobCreation.created(job));
    }

    private record OneJob(JobType type, String prefix, JobCreation creation) implements JobFactory {
        @Override
        public Map<JobType, String> types() {
            return Map.of(type, prefix);
        }

        @Override
        public ConfigurationSnapshot resolve(ResolveRequest request) {
            if (!request.type().equals(type)) {
                throw BatchEngineException.of(
                        ErrorCode.UNSUPPORTED_JOB_TYPE,
                        Text.format("this factory serves job type %s, not %s", type, request.type()));
            }
            return ConfigurationSnapshot.EMPTY;
        }

        @Override
        public JobCreation create(JobRequest request) {
            return creation;
        }
    }
}
