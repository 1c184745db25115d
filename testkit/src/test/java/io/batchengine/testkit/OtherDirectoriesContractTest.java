package io.batchengine.testkit;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.bundled.SortBuffer;
import io.batchengine.bundled.SortedListing;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract against sources that are no directories of the machine. */
class OtherDirectoriesContractTest {
    /** An in-memory file system, whose names are strings. */
    @Nested
    class InMemoryFiles extends SourceDirectoryContract {
        @Override
        protected SourceDirectoryFixture directory(List<String> names) throws IOException {
            FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
            return new FolderFixture(
                    memory.getPath("/in"), "dir-1", names, path -> NioSourceDirectory.of(Map.of("dir-1", path))) {
                @Override
                public void close() throws IOException {
                    memory.close();
                }
            };
        }
    }

    /** An object store that lists its keys in no order; they are sorted on disk. */
    @Nested
    class SortedKeys extends SourceDirectoryContract {
        @TempDir
        private Path temporary;

        @Override
        protected SourceDirectoryFixture directory(List<String> names) {
            Bucket bucket = new Bucket(temporary);
            names.forEach(bucket::add);
            return bucket;
        }
    }

    private static final class Bucket implements SourceDirectoryFixture, SourceDirectory {
        private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
        private final AtomicInteger open = new AtomicInteger();
        private final Path temporary;

        Bucket(Path temporary) {
            this.temporary = temporary;
        }

        @Override
        public SourceDirectory source() {
            return this;
        }

        @Override
        public String directoryId() {
            return "dir-bucket";
        }

        @Override
        public Optional<Scope> stranger() {
            return Optional.of(Scope.ofProject("prj-stranger"));
        }

        @Override
        public boolean add(String name) {
            objects.put("s3:" + name, SourceDirectoryContract.contentOf(name));
            return true;
        }

        @Override
        public boolean remove(String name) {
            objects.remove("s3:" + name);
            return true;
        }

        @Override
        public OptionalInt openListings() {
            return OptionalInt.of(open.get());
        }

        @Override
        public boolean exists(Scope scope, String directoryId) {
            return directoryId.equals("dir-bucket") && scope.projectId().equals("prj-contract");
        }

        @Override
        public Listing list(ListRequest request) {
            require(request.scope(), request.directoryId());
            Listing sorted = SortedListing.sort(
                    objects.keySet().iterator(), request.afterId(), new SortBuffer(1_000, temporary), this::file);
            open.incrementAndGet();
            return new Listing() {
                private boolean closed;

                @Override
                public FilePage next(int limit) throws Exception {
                    return sorted.next(limit);
                }

                @Override
                public void close() {
                    sorted.close();
                    if (!closed) {
                        closed = true;
                        open.decrementAndGet();
                    }
                }
            };
        }

        @Override
        public Optional<SourceFile> find(FileRequest request) {
            require(request.scope(), request.directoryId());
            return objects.containsKey(request.fileId()) ? Optional.of(file(request.fileId())) : Optional.empty();
        }

        private void require(Scope scope, String directoryId) {
            if (!exists(scope, directoryId)) {
                throw BatchEngineException.of(ErrorCode.SOURCE_DIRECTORY_NOT_FOUND, "no such bucket");
            }
        }

        private SourceFile file(String key) {
            return new SourceFile() {
                @Override
                public String id() {
                    return key;
                }

                @Override
                public String name() {
                    return key.substring(3);
                }

                @Override
                public OptionalLong size() {
                    byte[] content = objects.get(key);
                    return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
                }

                @Override
                public InputStream open() throws IOException {
                    byte[] content = objects.get(key);
                    if (content == null) {
                        throw new NoSuchFileException(key);
                    }
                    return new ByteArrayInputStream(content);
                }
            };
        }
    }
}
