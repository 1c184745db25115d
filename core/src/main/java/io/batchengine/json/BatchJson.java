package io.batchengine.json;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchResult;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobType;
import io.batchengine.model.Page;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Predicate;
import org.apiguardian.api.API;

/**
 * The wire JSON of batches: exactly the fields of the wire model, in snake_case and in its order, null where there is no value,
 * times in UTC with exactly milliseconds.
 *
 * <p><b>Writing.</b> In one line, as UTF-8. Characters that could forge what a terminal shows (controls, line separators,
 * bidirectional controls) are written as escapes; half a surrogate pair, which UTF-8 can't hold, as U+FFFD. A stream that is written
 * to is flushed and left open. A write that fails leaves a text that is visibly unfinished.
 *
 * <p><b>Reading.</b> Strict: refused are unknown and repeated fields; missing ones, save those that may be null; values of another
 * type than the field's, as nothing is converted; statuses that are none; job types that are malformed or not
 * {@linkplain #accepting accepted}; ids, times and results against the model's rules; text behind the end; a byte order mark; what is
 * not valid Unicode; and texts and strings above their bound. Each is a {@link BatchEngineException} with
 * {@link ErrorCode#INVALID_JSON} that says where.
 *
 * <p>Threading: immutable, for use by any number of threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchJson {
    /** How long a text to be read may be unless told otherwise: 16 MiB of bytes, or that many characters. */
    public static final int DEFAULT_MAX_LENGTH = 16 << 20;

    private final Predicate<JobType> accepted;
    private final int maxLength;
    private final WireReader reader;

    private BatchJson(Predicate<JobType> accepted, int maxLength) {
        this.accepted = accepted;
        this.maxLength = maxLength;
        this.reader = new WireReader(accepted);
    }

    /**
     * Reads texts with these job types and refuses any other type as unknown.
     *
     * @param types the types, as a rule those that the engine's job factories serve
     * @return reader and writer
     */
    public static BatchJson accepting(Set<JobType> types) {
        return new BatchJson(Set.copyOf(types)::contains, DEFAULT_MAX_LENGTH);
    }

    /**
     * Reads texts with any well-formed job type: for who passes batches on and runs none.
     *
     * @return reader and writer
     */
    public static BatchJson acceptingAnyType() {
        return new BatchJson(type -> true, DEFAULT_MAX_LENGTH);
    }

    /**
     * The same with another bound of the texts that are read.
     *
     * @param bound the longest text, in bytes from a stream and in UTF-16 characters from a string; at least 1
     * @return reader and writer
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not positive
     */
    public BatchJson withMaxLength(int bound) {
        if (bound < 1) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, Text.format("maxLength %d is not positive", bound));
        }
        return new BatchJson(accepted, bound);
    }

    /**
     * Writes a batch, with its results where it has them.
     *
     * @param batch the batch
     * @return its JSON
     */
    public String write(Batch batch) {
        return WireWriter.write(batch, WireWriter::batch);
    }

    /**
     * Writes a batch, with its results where it has them.
     *
     * @param batch the batch
     * @param out where to; flushed, not closed
     * @throws IOException if the stream fails
     */
    public void write(Batch batch, OutputStream out) throws IOException {
        WireWriter.write(out, batch, WireWriter::batch);
    }

    /**
     * Writes a batch as one text with results that are taken one by one, so that their number costs no memory.
     *
     * @param batch the batch; its own results are not looked at
     * @param results the results, in listing order
     * @param out where to; flushed, not closed
     * @throws IOException if the stream fails. What the iterator throws is thrown as it is
     */
    public void write(Batch batch, Iterator<? extends BatchResult> results, OutputStream out) throws IOException {
        WireWriter.write(out, batch, (writer, value) -> writer.batch(value, results));
    }

    /**
     * Writes a job's record: its parts as fields in snake_case.
     *
     * @param job the record
     * @return its JSON
     */
    public String writeJob(JobRecord job) {
        return WireWriter.write(job, WireWriter::job);
    }

    /**
     * Writes a page of batches: {@code items}, {@code next_page_token} and {@code total_size}, the latter two null where there is none.
     *
     * @param page the page
     * @return its JSON
     */
    public String writePage(Page<Batch> page) {
        return WireWriter.write(page, (writer, value) -> writer.page(value, WireWriter::batch));
    }

    /**
     * Writes a page of results, in the form of {@link #writePage}.
     *
     * @param page the page
     * @return its JSON
     */
    public String writeResultPage(Page<BatchResult> page) {
        return WireWriter.write(page, (writer, value) -> writer.page(value, WireWriter::result));
    }

    /**
     * Writes a page of job records, in the form of {@link #writePage}.
     *
     * @param page the page
     * @return its JSON
     */
    public String writeJobPage(Page<JobRecord> page) {
        return WireWriter.write(page, (writer, value) -> writer.page(value, WireWriter::job));
    }

    /**
     * Reads a batch.
     *
     * @param json its JSON
     * @return the batch
     * @throws BatchEngineException {@link ErrorCode#INVALID_JSON} if the text is refused
     */
    public Batch readBatch(String json) {
        return StrictParser.parse(InputText.of(json, maxLength), reader::batch);
    }

    /**
     * Reads a batch.
     *
     * @param json its JSON in UTF-8, to its end; not closed
     * @return the batch
     * @throws IOException if the stream fails
     * @throws BatchEngineException {@link ErrorCode#INVALID_JSON} if the text is refused
     */
    public Batch readBatch(InputStream json) throws IOException {
        return StrictParser.parse(InputText.of(json, maxLength), reader::batch);
    }

    /**
     * Reads the body of a request that creates a batch.
     *
     * @param json its JSON
     * @return the body
     * @throws BatchEngineException {@link ErrorCode#INVALID_JSON} if the text is refused
     */
    public CreateBatchBody readCreateBody(String json) {
        return StrictParser.parse(InputText.of(json, maxLength), reader::createBody);
    }

    /**
     * Reads the body of a request that creates a batch.
     *
     * @param json its JSON in UTF-8, to its end; not closed
     * @return the body
     * @throws IOException if the stream fails
     * @throws BatchEngineException {@link ErrorCode#INVALID_JSON} if the text is refused
     */
    public CreateBatchBody readCreateBody(InputStream json) throws IOException {
        return StrictParser.parse(InputText.of(json, maxLength), reader::createBody);
    }
}
