package io.batchengine.testkit.invariant;

import io.batchengine.model.Batch;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.JobRequest;
import io.batchengine.testkit.machine.SimulatedProcess;

/** I14, as far as it shows in what one project is told; what fails elsewhere shows in I10. */
final class IsolationChecker extends Checker {
    IsolationChecker(History history, Findings findings) {
        super(Invariant.ISOLATION, history, findings);
    }

    @Override
    boolean remembers() {
        return true;
    }

    /** A batch was asked for by another project's id. */
    void askedByAnother(String project, String batchId, boolean found) {
        exercised();
        require(!found, "%s was given to project %s, which is not its own", batchId, project);
    }

    @Override
    void asked(BatchHistory batch, SimulatedProcess by, JobRequest request) {
        require(
                request.scope().equals(batch.request.scope())
                        && request.sourceDirectoryId().equals(batch.request.sourceDirectoryId())
                        && request.configuration().equals(batch.request.configuration()),
                "a job of %s is asked for in the scope %s of directory %s",
                batch.id(),
                request.scope(),
                request.sourceDirectoryId());
        require(
                batch.fileId(request.ordinal()).equals(request.file().id()),
                "the job of file %d of %s gets the file %s",
                request.ordinal(),
                batch.id(),
                request.file().id());
    }

    @Override
    void told(BatchHistory batch, SimulatedProcess by, BatchEvent event) {
        require(
                event.batch().scope().equals(batch.request.scope()),
                "an event of %s has the scope %s",
                batch.id(),
                event.batch().scope());
    }

    @Override
    void observed(BatchHistory batch, SimulatedProcess by, Batch answer) {
        require(
                answer.projectId().equals(batch.request.scope().projectId()),
                "%s was answered as a batch of project %s",
                batch.id(),
                answer.projectId());
    }
}
