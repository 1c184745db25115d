package io.batchengine.examples.embedding;

import io.batchengine.model.Ids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** An object store of one bucket, in memory. */
final class MemoryObjects implements BucketDirectory.ObjectStore {
    private final ConcurrentNavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>(Ids::compareUtf8);
    private final String bucket;

    MemoryObjects(String bucket) {
        this.bucket = bucket;
    }

    void put(String key, byte[] content) {
        objects.put(key, content);
    }

    @Override
    public boolean hasBucket(String name) {
        return name.equals(bucket);
    }

    @Override
    public List<BucketDirectory.StoredObject> list(String name, String startAfter, int limit) throws IOException {
        require(name);
        return objects.tailMap(startAfter, false).entrySet().stream()
                .limit(limit)
                .map(entry -> new BucketDirectory.StoredObject(entry.getKey(), entry.getValue().length))
                .toList();
    }

    @Override
    public Optional<BucketDirectory.StoredObject> find(String name, String key) throws IOException {
        return hasBucket(name)
                ? Optional.ofNullable(objects.get(key))
                        .map(content -> new BucketDirectory.StoredObject(key, content.length))
                : Optional.empty();
    }

    @Override
    public InputStream read(String name, String key) throws IOException {
        require(name);
        byte[] content = objects.get(key);
        if (content == null) {
            throw new NoSuchFileException(key);
        }
        return new ByteArrayInputStream(content);
    }

    private void require(String name) throws IOException {
        if (!hasBucket(name)) {
            throw new NoSuchFileException(name);
        }
    }
}
