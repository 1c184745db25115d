package io.batchengine.testkit;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.List;

/** Stores that write what they must not. */
final class BrokenCommits {
    private BrokenCommits() {}

    static final class LostUpdate extends SoundStore {
        LostUpdate(BatchStore sound) {
            super(sound);
        }

        @Override
        public synchronized List<Verdict> commit(List<BatchCommit> commits) {
            return sound.commit(commits.stream()
                    .map(commit -> anywhere(commit.batchId())
                            .map(now -> with(
                                    commit, commit.claim(), now.state().version(), commit.status(), commit.settled()))
                            .orElse(commit))
                    .toList());
        }
    }

    static final class EpochNotChecked extends SoundStore {
        EpochNotChecked(BatchStore sound) {
            super(sound);
        }

        @Override
        public synchronized List<Verdict> commit(List<BatchCommit> commits) {
            return sound.commit(commits.stream()
                    .map(commit -> anywhere(commit.batchId())
                            .map(now -> with(
                                    commit,
                                    new ClaimRef(commit.batchId(), now.state().epoch(), commit.claimToken()),
                                    commit.expectedVersion(),
                                    commit.status(),
                                    commit.settled()))
                            .orElse(commit))
                    .toList());
        }
    }

    static final class ClaimTokenNotChecked extends SoundStore {
        ClaimTokenNotChecked(BatchStore sound) {
            super(sound);
        }

        @Override
        public synchronized List<Verdict> commit(List<BatchCommit> commits) {
            return sound.commit(commits.stream()
                    .map(commit -> anywhere(commit.batchId())
                            .map(now -> with(
                                    commit,
                                    new ClaimRef(
                                            commit.batchId(),
                                            commit.epoch(),
                                            now.state().claimToken()),
                                    commit.expectedVersion(),
                                    commit.status(),
                                    commit.settled()))
                            .orElse(commit))
                    .toList());
        }
    }

    static final class EdgeNotChecked extends SoundStore {
        EdgeNotChecked(BatchStore sound) {
            super(sound);
        }

        @Override
        public synchronized List<Verdict> commit(List<BatchCommit> commits) {
            return commits.stream().map(this::commit).toList();
        }

        private Verdict commit(BatchCommit commit) {
            Verdict verdict = sound.commit(List.of(commit)).get(0);
            boolean forbidden = verdict.kind() == Verdict.Kind.ILLEGAL_TRANSITION;
            if (!forbidden || commit.status() != BatchStatus.COMPLETED) {
                return verdict;
            }
            // The sound store is led there by legal moves.
            sound.commit(List.of(
                    with(commit, commit.claim(), commit.expectedVersion(), BatchStatus.RUNNING, commit.settled())));
            StoredBatch now = anywhere(commit.batchId()).orElseThrow();
            return sound.commit(
                            List.of(with(commit, commit.claim(), now.state().version(), commit.status(), List.of())))
                    .get(0);
        }
    }

    static final class Partial extends SoundStore {
        Partial(BatchStore sound) {
            super(sound);
        }

        @Override
        public synchronized List<Verdict> commit(List<BatchCommit> commits) {
            try {
                return sound.commit(commits);
            } catch (IllegalArgumentException doesNotFit) {
                for (BatchCommit commit : commits) {
                    sound.commit(List.of(stateOnly(commit)));
                }
                throw doesNotFit;
            }
        }

        private static BatchCommit stateOnly(BatchCommit commit) {
            return commit.toBuilder()
                    .pages(List.of())
                    .settled(List.of())
                    .delayed(List.of())
                    .build();
        }
    }

    private static BatchCommit with(
            BatchCommit commit, ClaimRef claim, long version, BatchStatus status, List<SettledFile> settled) {
        return commit.toBuilder()
                .claim(new ClaimRef(commit.batchId(), claim.epoch(), claim.claimToken()))
                .expectedVersion(version)
                .status(status)
                .pages(status == commit.status() || commit.pages().isEmpty() ? commit.pages() : List.of())
                .settled(settled)
                .build();
    }
}
