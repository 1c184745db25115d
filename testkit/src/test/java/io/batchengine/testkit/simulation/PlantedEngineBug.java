package io.batchengine.testkit.simulation;

import java.util.List;

/**
 * A defect that the engine does not have: what one of its sources would look like with it. Each is a mistake that somebody could make, and some
 * are mistakes that were made. The source is changed for one test, in memory; were the code here not found there, the test would fail.
 *
 * @param name of the bug
 * @param source the file that has it, below a module's {@code src/main/java/io/batchengine}
 * @param code what stands there once
 * @param bug what stands there with the bug
 */
record PlantedEngineBug(String name, String source, String code, String bug) {
    private static final String CORE = "core/src/main/java/io/batchengine/";
    private static final String SPI = "spi/src/main/java/io/batchengine/spi/";
    private static final String INTERNAL = CORE + "internal/";
    private static final String ENGINE = INTERNAL + "engine/";
    private static final String BASE = INTERNAL + "engine/base/";
    private static final String BATCH = INTERNAL + "engine/batch/";
    private static final String CLAIM = INTERNAL + "engine/claim/";
    private static final String COMMIT = INTERNAL + "engine/commit/";
    private static final String DISPATCH = INTERNAL + "engine/dispatch/";
    private static final String EVENTS = INTERNAL + "engine/events/";
    private static final String JOB = INTERNAL + "engine/job/";
    private static final String FLOW = INTERNAL + "flow/";

    /** Those that show where the store is set back, or refuses content, often. */
    static final List<PlantedEngineBug> OF_TROUBLED_STORES = List.of(
            new PlantedEngineBug(
                    "a claim that was repeated is not told from the first",
                    SPI + "store/Verdict.java",
                    "state.epoch() != commit.epoch() || state.claimToken() != commit.claimToken()",
                    "state.epoch() != commit.epoch()"),
            new PlantedEngineBug(
                    "a commit that is refused is never split",
                    COMMIT + "Committer.java",
                    "if (refusals < PATIENCE && !narrowed",
                    "if (refusals >= 0 && !narrowed"),
            new PlantedEngineBug(
                    "a part of a commit counts what it does not carry",
                    BATCH + "RefusedContent.java",
                    "FileCounts more = SettledCounts.of(files, 0);",
                    "FileCounts more = SettledCounts.of(files, files.size() / 2);"));

    /** Those that show where the answers of the store make no progress. */
    static final List<PlantedEngineBug> OF_STALLING_STORES = List.of(
            new PlantedEngineBug(
                    "a page of files is believed whatever it holds",
                    BASE + "CheckedStore.java",
                    "requireAscending(inBatch, files);",
                    ""),
            new PlantedEngineBug(
                    "a take-over does not miss what is counted",
                    CLAIM + "Recovery.java",
                    "requireAll(claimed, from, from - claimed.state().settledBelow() - unfinished);",
                    ""),
            new PlantedEngineBug(
                    "a deletion that deletes nothing is made again",
                    BASE + "CheckedStore.java",
                    "DeleteReply.Kind.MORE && progress <= 0",
                    "DeleteReply.Kind.MORE && progress < 0"),
            new PlantedEngineBug(
                    "a claim that has a batch twice is believed",
                    BASE + "CheckedStore.java",
                    "if (!ids.add(batch.id())) {",
                    "if (!ids.add(batch.id()) && ids.isEmpty()) {"),
            new PlantedEngineBug(
                    "retries that the store does not tell are asked for without end",
                    BATCH + "DelayedFiles.java",
                    "missing(from.equals(DuePlace.FIRST), ",
                    "missing(false, "),
            new PlantedEngineBug(
                    "a damaged batch is not ended when it is cancelled",
                    CLAIM + "DamagedBatches.java",
                    ".status(s.cancelRequested() ? BatchStatus.CANCELLED : s.status())",
                    ".status(s.status())"));

    static final List<PlantedEngineBug> ALL = List.of(
            new PlantedEngineBug(
                    "neither epoch nor version of a write is checked", SPI + "store/Verdict.java", """
                    if (state.epoch() != commit.epoch() || state.claimToken() != commit.claimToken()) {
                                return Kind.STALE_EPOCH;
                            }
                            if (state.status().isTerminal()) {
                                return Kind.TERMINAL;
                            }
                            if (state.version() != commit.expectedVersion()) {
                                return Kind.VERSION_CONFLICT;
                            }
                    """, ""),
            new PlantedEngineBug(
                    "a claim does not raise the epoch",
                    SPI + "store/StoredBatch.java",
                    ".epoch(state.epoch() + 1)",
                    ".epoch(state.epoch())"),
            new PlantedEngineBug(
                    "COMPLETED is taken though a cancel request stands",
                    SPI + "store/Verdict.java",
                    "commit.status() == BatchStatus.COMPLETED && state.cancelRequested()",
                    "commit.status() == BatchStatus.COMPLETED && state.cancelRequested() && false"),
            new PlantedEngineBug(
                    "times follow a clock that goes back",
                    SPI + "store/StoredBatch.java",
                    "return micros.isBefore(floor) ? floor : micros;",
                    "return micros;"),
            new PlantedEngineBug("a write does not raise the version", SPI + "store/StoredBatch.java", """
                    .status(status)
                                    .version(state.version() + 1)""", """
                    .status(status)
                                    .version(state.version() + (commit.settled().isEmpty() ? 1 : 0))"""),
            new PlantedEngineBug(
                    "the store drops the last result of a write",
                    CORE + "bundled/MemoryBatch.java",
                    "if (page.settle(file) && file.jobId() != null) {",
                    """
                    if (commit.settled().size() > 2 && file == commit.settled().get(2)) {
                                    continue;
                                }
                                if (page.settle(file) && file.jobId() != null) {"""),
            new PlantedEngineBug(
                    "the store drops the first result of the write that ends a batch",
                    CORE + "bundled/MemoryBatch.java",
                    "if (page.settle(file) && file.jobId() != null) {",
                    """
                    if (next.state().status().isTerminal() && file == commit.settled().get(0)) {
                                    continue;
                                }
                                if (page.settle(file) && file.jobId() != null) {"""),
            new PlantedEngineBug(
                    "the store counts one file too many",
                    SPI + "store/StoredBatch.java",
                    ".counts(commit.counts())",
                    """
                    .counts(commit.counts()
                            .plus(io.batchengine.model.FileCounts.builder()
                                    .succeeded(commit.settled().size() > 1 ? 1 : 0)
                                    .build()))"""),
            new PlantedEngineBug("an ended batch can be claimed", CORE + "bundled/InMemoryBatchStore.java", """
                    holder.held.remove(commit.batchId());
                                }
                                claimable.remove(batch);""", """
                    holder.held.remove(commit.batchId());
                                }
                                claimable.add(batch);"""),
            new PlantedEngineBug(
                    "jobs are told a project that is not theirs",
                    JOB + "Attempt.java",
                    "return host.batch().scope();",
                    "return Scope.ofProject(\"none\");"),
            new PlantedEngineBug(
                    "the store forgets a cancel request",
                    CORE + "bundled/InMemoryBatchStore.java",
                    "batch.stored = batch.stored.withCancelRequested();",
                    ""),
            new PlantedEngineBug("a write of unknown outcome is taken for done", COMMIT + "Committer.java", """
                    if (same && state.version() == commit.expectedVersion()) {
                                return null;""", """
                    if (same && state.version() == commit.expectedVersion()) {
                                return Verdict.of(Verdict.Kind.APPLIED, false);"""),
            new PlantedEngineBug(
                    "a write of unknown outcome is not written again",
                    COMMIT + "Committer.java",
                    "again.add(group.commits.get(i));",
                    ""),
            new PlantedEngineBug(
                    "a file is settled twice",
                    BATCH + "CommitDraft.java",
                    "? new ArrayList<>(settled.size())",
                    "? new ArrayList<>(settled)"),
            new PlantedEngineBug(
                    "a mapping error is not counted",
                    BATCH + "SettledCounts.java",
                    "case MAPPING_ERROR -> errors++;",
                    "case MAPPING_ERROR -> succeeded++;"),
            new PlantedEngineBug(
                    "COMPLETED does not wait for the end of the listing",
                    BATCH + "CommitDraft.java",
                    "return listingEnded() && counts.settled() == listedEnd;",
                    "return counts.settled() == listedEnd && listedEnd > 0;"),
            new PlantedEngineBug(
                    "what a refused write had to say is forgotten", BATCH + "CommitDraft.java", "settled = again;", ""),
            new PlantedEngineBug(
                    "an end is told before it is written",
                    BATCH + "CommitDraft.java",
                    "underWay = new UnderWay(commit, whole, newPages, records);",
                    """
                    underWay = new UnderWay(commit, whole, newPages, records);
                            if (commit.status().isTerminal()) {
                                engine.events.statusChanged(run.durable().after(commit));
                            }"""),
            new PlantedEngineBug(
                    "an end is not told",
                    EVENTS + "CommitEvents.java",
                    "if (before != after && after.isTerminal()) {",
                    "if (before != after && after.isTerminal() && false) {"),
            new PlantedEngineBug(
                    "settled files are told twice",
                    EVENTS + "CommitEvents.java",
                    "events.filesSettled(durable, records);",
                    """
                    events.filesSettled(durable, records);
                                events.filesSettled(durable, records);"""),
            new PlantedEngineBug(
                    "the last page of a listing is lost", BATCH + "Lister.java", "host.listed(page);", """
                    if (!page.last() || pages == 1) {
                                host.listed(page);
                            } else {
                                ((BatchRun) host).changed();
                            }"""),
            new PlantedEngineBug(
                    "the tail of a page is lost",
                    BATCH + "Lister.java",
                    "CheckedPage checked = CheckedPage.check(page, limit, last);",
                    """
                    CheckedPage all = CheckedPage.check(page, limit, last);
                                int kept = Math.min(all.ids().size(), 5);
                                CheckedPage checked = new CheckedPage(
                                        all.files().subList(0, kept), all.ids().subList(0, kept), all.duplicates(), all.last());"""),
            new PlantedEngineBug(
                    "close does not wait for what is to be written",
                    ENGINE + "Closing.java",
                    "if (quiet && engine.committer.isIdle() && taking.isQuiet()) {",
                    "if (quiet && taking.isQuiet()) {"),
            new PlantedEngineBug(
                    "a retry starts before its attempts are recorded",
                    BATCH + "DelayedFiles.java",
                    "if (!delay.recorded || !delay.waited || !waiting.remove(delay.place, delay)) {",
                    "if (!delay.waited || !waiting.remove(delay.place, delay)) {"),
            new PlantedEngineBug(
                    "a retry that waits in the store alone is never read back",
                    BATCH + "DelayedFiles.java",
                    "if (stored == 0 || reading || pausing || damage != null) {",
                    "if (run.isActive() || stored == 0 || reading || pausing) {"),
            new PlantedEngineBug(
                    "one attempt too many",
                    BATCH + "Retries.java",
                    "if (again.attempts() >= retry.maxAttempts()) {",
                    "if (again.attempts() > retry.maxAttempts()) {"),
            new PlantedEngineBug(
                    "a file that was put back is lost",
                    BATCH + "Retries.java",
                    "case ACTIVE -> work.addDue(again);",
                    "case ACTIVE -> {}"),
            new PlantedEngineBug(
                    "jobs start though the batch is to stop",
                    JOB + "Turn.java",
                    "if (!host.mayStart()) {",
                    "if (!host.mayStart() && nowNanos < 0) {"),
            new PlantedEngineBug(
                    "an asynchronous job takes its slot along and the turn goes on without one",
                    JOB + "Turn.java",
                    "return holdsSlot;",
                    "return true;"),
            new PlantedEngineBug(
                    "one slot too many", FLOW + "Permits.java", "while (seen < limit) {", "while (seen <= limit) {"),
            new PlantedEngineBug(
                    "a project that was closed is not opened again",
                    FLOW + "FlowControl.java",
                    "queue.project.open();",
                    ""),
            new PlantedEngineBug("a raised limit opens nothing", FLOW + "FlowControl.java", "        gate.open();", ""),
            new PlantedEngineBug(
                    "a changed limit of the engine is not used",
                    FLOW + "FlowControl.java",
                    "change(engine, changed.maxInFlight(), null, now);",
                    ""),
            new PlantedEngineBug(
                    "a place that has left its queue is never offered again",
                    FLOW + "FlowControl.java",
                    "queued.inQueue = false;",
                    ""),
            new PlantedEngineBug(
                    "a gate stays closed when its time is over", FLOW + "Gate.java", """
                    timerSet = false;
                                open();""", "timerSet = false;"),
            new PlantedEngineBug("a token is given back twice", FLOW + "QueuedBatch.java", """
                    public void notStarted() {
                            queue.project.tokens.giveBack();""", """
                    public void notStarted() {
                            queue.project.tokens.giveBack();
                            queue.project.tokens.giveBack();"""),
            new PlantedEngineBug(
                    "a turn goes on though a limit was lowered",
                    FLOW + "QueuedBatch.java",
                    "return !queue.adaptive.isPaused() && !queue.permits.isOver() && !isOver();",
                    "return !queue.adaptive.isPaused();"),
            new PlantedEngineBug(
                    "the limit of a batch is not asked",
                    FLOW + "QueuedBatch.java",
                    "if (!permits.tryAcquire()) {",
                    "if (!permits.tryAcquire() && permits.limit() < 0) {"),
            new PlantedEngineBug(
                    "the rate of a job type is not asked",
                    FLOW + "QueuedBatch.java",
                    "if (!queue.typeQueue.tokens.tryTake(nowNanos)) {",
                    "if (!queue.typeQueue.tokens.tryTake(nowNanos) && nowNanos < 0) {"),
            new PlantedEngineBug(
                    "rates are not asked for retries",
                    JOB + "Turn.java",
                    "if (!host.place().tryStart(nowNanos)) {",
                    "if (single == null && !host.place().tryStart(nowNanos)) {"),
            new PlantedEngineBug(
                    "a changed rate fills the bucket",
                    FLOW + "TokenBucket.java",
                    "Math.max(0, shape.burst - there)",
                    "Math.min(0, there)"),
            new PlantedEngineBug(
                    "each step of priority triples the share",
                    BATCH + "RunningJobs.java",
                    "state.batch.options().weight()",
                    "Math.pow(3, state.batch.options().priority() - 5)"),
            new PlantedEngineBug(
                    "who has had most is next",
                    FLOW + "Share.java",
                    "key = (charged + slots * usual()) / weight;",
                    "key = -(charged + slots * usual()) / weight;"),
            new PlantedEngineBug("what was had is not counted", FLOW + "Share.java", "charged += cost;", ""),
            new PlantedEngineBug(
                    "\"not now\" holds for a tenth of the time",
                    FLOW + "AdaptiveLimit.java",
                    "Math.max(bounded.toNanos(), SHORTEST_WAIT.toNanos())",
                    "bounded.toNanos() / 10 + SHORTEST_WAIT.toNanos()"),
            new PlantedEngineBug(
                    "a status changes as often as limits do", BATCH + "Throttle.java", "changedBefore = true;", ""),
            new PlantedEngineBug(
                    "THROTTLED is told at once",
                    BATCH + "Throttle.java",
                    "if (nanos - waitingSince < Tuning.THROTTLE_DAMPING.toNanos()) {",
                    "if (nanos < waitingSince) {"),
            new PlantedEngineBug(
                    "the slot of an asynchronous job is lost",
                    DISPATCH + "Dispatcher.java",
                    "flow.release(place, engine.nanos() - attempt.startedNanos, 1);",
                    ""),
            new PlantedEngineBug(
                    "settled files run again after a take-over",
                    BATCH + "RecoveredFiles.java",
                    "page.settle(file.ordinal());",
                    "unsettled.add(found(file));"),
            new PlantedEngineBug("a take-over forgets a file", BATCH + "RecoveredFiles.java", """
                    pages.add(page);
                    """, """
                    if (!unsettled.isEmpty()) {
                                unsettled.remove(unsettled.size() - 1);
                            }
                            pages.add(page);
                    """),
            new PlantedEngineBug(
                    "a take-over forgets the attempts",
                    JOB + "RequeuedFile.java",
                    "delayed == null ? 0 : delayed.attempts(),",
                    "0,"),
            new PlantedEngineBug(
                    "a take-over takes every attempt for one with a job",
                    JOB + "RequeuedFile.java",
                    "delayed != null && delayed.mapped(),",
                    "delayed != null && delayed.attempts() > 0,"),
            new PlantedEngineBug(
                    "a batch is written before it is read back",
                    BATCH + "BatchRun.java",
                    "if (state.isGone() || !started) {",
                    "if (state.isGone()) {"),
            new PlantedEngineBug(
                    "a renewal's word of cancellations is not heard", CLAIM + "Claimer.java", """
                    cancelled(renewal);
                            renewLater();""", "renewLater();"),
            new PlantedEngineBug(
                    "what the store answers is not looked at",
                    BASE + "CheckedStore.java",
                    "if (answer == null) {",
                    "if (answer == null && name.isEmpty()) {"),
            new PlantedEngineBug(
                    "a second completion of a job counts",
                    JOB + "AttemptState.java",
                    "boolean first = !completed;",
                    "boolean first = true;"),
            new PlantedEngineBug(
                    "jitter is not drawn from the engine's own randomness",
                    BASE + "EngineBase.java",
                    "Duration.ofNanos(random(r -> r.nextLong(nanos + 1)))",
                    "Duration.ofNanos(new java.util.Random().nextLong(nanos + 1))"));
}
