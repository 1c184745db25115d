package io.batchengine.examples.embedding;

import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A source directory of your own: the buckets of an object store. A directory id is the name of a bucket, a file id is the key of an
 * object. Object stores list keys in the order of their UTF-8 bytes, which is the order that an engine asks for.
 */
public final class BucketDirectory implements SourceDirectory {
    private final ObjectStore objects;

    /** The calls that a client of an object store has. */
    public interface ObjectStore {
        /**
         * Tells whether there is such a bucket.
         *
         * @param bucket its name
         * @return whether it exists
         * @throws IOException if the service does not answer
         */
        boolean hasBucket(String bucket) throws IOException;

        /**
         * Lists keys in ascending order of their UTF-8 bytes.
         *
         * @param bucket the bucket
         * @param startAfter the key after which the list begins; the empty text for its begin
         * @param limit how many at the most
         * @return the objects; fewer than the limit at the end alone
         * @throws IOException if the service does not answer
         */
        List<StoredObject> list(String bucket, String startAfter, int limit) throws IOException;

        /**
         * Looks one object up.
         *
         * @param bucket the bucket
         * @param key its key
         * @return the object, or empty where there is none
         * @throws IOException if the service does not answer
         */
        Optional<StoredObject> find(String bucket, String key) throws IOException;

        /**
         * Reads an object.
         *
         * @param bucket the bucket
         * @param key its key
         * @return its content; the caller closes it
         * @throws IOException if there is none, or the service does not answer
         */
        InputStream read(String bucket, String key) throws IOException;
    }

    /**
     * What a list tells of an object.
     *
     * @param key its key
     * @param bytes its size
     */
    public record StoredObject(String key, long bytes) {}

    /**
     * Creates a source directory over an object store.
     *
     * @param objects the store's client; used by several threads at once
     */
    public BucketDirectory(ObjectStore objects) {
        this.objects = objects;
    }

    // README:begin source-directory
    @Override
    public boolean exists(Scope scope, String directoryId) throws IOException {
        return objects.hasBucket(directoryId);
    }

    @Override
    public Listing list(ListRequest request) {
        return new Listing() {
            private String last = request.afterId().orElse("");

            @Override
            public FilePage next(int limit) throws IOException {
                List<StoredObject> page = objects.list(request.directoryId(), last, limit);
                if (!page.isEmpty()) {
                    last = page.get(page.size() - 1).key();
                }
                List<ObjectFile> files = page.stream()
                        .map(object -> new ObjectFile(objects, request.directoryId(), object))
                        .toList();
                return FilePage.of(files, page.size() < limit);
            }

            @Override
            public void close() {} // it holds nothing open between two pages
        };
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) throws IOException {
        return objects.find(request.directoryId(), request.fileId())
                .map(object -> new ObjectFile(objects, request.directoryId(), object));
    }
    // README:end source-directory

    private record ObjectFile(ObjectStore objects, String bucket, StoredObject object) implements SourceFile {
        @Override
        public String id() {
            return object.key();
        }

        @Override
        public String name() {
            return object.key();
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(object.bytes());
        }

        @Override
        public InputStream open() throws IOException {
            return objects.read(bucket, object.key());
        }
    }
}
