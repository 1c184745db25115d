package io.batchengine.jdbc;

import io.batchengine.BatchEngine;
import io.batchengine.ListBatches;
import io.batchengine.PageRequest;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.DamagedFiles;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobRecord;
import io.batchengine.model.Page;
import io.batchengine.model.StatusReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that the public API tells of a store, each answer by what was asked; and the errors it told instead. */
final class BitFlipReading {
    private static final int MOST_PAGES = 100;

    final Map<String, List<Object>> answers = new LinkedHashMap<>();
    final List<BatchEngineException> errors = new ArrayList<>();
    private final BatchEngine engine;

    BitFlipReading(BatchEngine engine) {
        this.engine = engine;
    }

    BitFlipReading all(List<String> ids, Map<String, List<JobRecord>> known) {
        list("list", ListBatches.ALL.withPageSize(2));
        list("list of a directory", ListBatches.ALL.withSourceDirectory("dir-inbox"));
        for (BatchStatus status : BatchStatus.values()) {
            list("list " + status, ListBatches.ALL.withStatus(status));
        }
        for (String id : ids) {
            batch(id);
            for (JobRecord job : known.getOrDefault(id, List.of())) {
                one("job " + job.id(), () -> engine.batches().job(job.reference()));
            }
        }
        return this;
    }

    /** All of one batch. */
    BitFlipReading batch(String id) {
        one("get " + id, () -> engine.batches().get(id));
        one("progress " + id, () -> stable(engine.batches().progress(id)));
        pages("results " + id, page -> engine.batches().results(id, page));
        pages("jobs " + id, page -> engine.batches().jobs(id, page));
        return this;
    }

    /** How the files of one batch have ended, without when. */
    BitFlipReading end(String id) {
        one("counts " + id, () -> {
            BatchProgress progress = engine.batches().progress(id);
            requireTrusted(progress);
            return progress.status() + ": " + progress.counts();
        });
        pages("results " + id, page -> engine.batches().results(id, page));
        return this;
    }

    /** The status of a damaged batch stays as it is, with its reason; so does that of a batch whose server has just ended its processes. */
    private static void requireTrusted(BatchProgress progress) {
        StatusReason reason = progress.reason();
        if (reason != null && reason.code() == StatusReason.Code.STORE_CORRUPT) {
            throw BatchEngineException.of(ErrorCode.STORE_CORRUPT, reason.message());
        }
        if (reason != null && reason.code() == StatusReason.Code.STORE_UNAVAILABLE) {
            throw BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, reason.message());
        }
    }

    private static List<@Nullable Object> stable(BatchProgress progress) {
        requireTrusted(progress);
        List<@Nullable Object> values = new ArrayList<>();
        values.add(progress.status());
        values.add(progress.counts());
        values.add(progress.listingEnded());
        values.add(progress.cancelRequested());
        values.add(progress.reason());
        values.add(progress.startedAt());
        values.add(progress.finishedAt());
        values.add(progress.requestedBy());
        return values;
    }

    private interface Pages {
        Page<?> read(PageRequest page);
    }

    private void list(String what, ListBatches query) {
        pages(what, page -> engine.batches().list(query.withPageToken(page.pageToken())));
    }

    private void one(String what, Supplier<Object> read) {
        List<Object> answer = answers.computeIfAbsent(what, key -> new ArrayList<>());
        try {
            answer.add(read.get());
        } catch (BatchEngineException error) {
            errors.add(error);
        }
    }

    /** Page after page, also behind what is damaged. */
    private void pages(String what, Pages pages) {
        List<Object> answer = answers.computeIfAbsent(what, key -> new ArrayList<>());
        String token = null;
        for (int i = 0; i < MOST_PAGES; i++) {
            try {
                Page<?> page = pages.read(PageRequest.ofSize(90).withPageToken(token));
                answer.addAll(page.items());
                token = page.nextPageToken();
            } catch (BatchEngineException error) {
                errors.add(error);
                token = error.damagedFiles().map(DamagedFiles::nextPageToken).orElse(null);
            }
            if (token == null) {
                return;
            }
        }
        throw new IllegalStateException(what + " has no end");
    }

    boolean tellsOfDamage() {
        // Some damage ends the database's own process: then the store is unavailable.
        return errors.stream()
                .anyMatch(error ->
                        error.code() == ErrorCode.STORE_CORRUPT || error.code() == ErrorCode.STORE_UNAVAILABLE);
    }

    /** What was answered that is not true. */
    List<String> wrong(BitFlipReading truth) {
        List<String> wrong = new ArrayList<>();
        answers.forEach((what, answer) -> {
            int next = 0;
            List<Object> expected = truth.answers.getOrDefault(what, List.of());
            for (Object item : answer) {
                int found = expected.subList(next, expected.size()).indexOf(item);
                if (found < 0) {
                    wrong.add(what + ": " + item);
                } else {
                    next += found + 1;
                }
            }
        });
        return wrong;
    }

    /** What was asked for, and not answered in full. */
    List<String> missing(BitFlipReading truth) {
        List<String> missing = new ArrayList<>();
        truth.answers.forEach((what, expected) -> {
            int found = answers.getOrDefault(what, List.of()).size();
            if (found < expected.size()) {
                missing.add(what + ": " + found + " of " + expected.size());
            }
        });
        return missing;
    }
}
