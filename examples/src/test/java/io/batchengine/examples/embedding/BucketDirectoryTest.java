package io.batchengine.examples.embedding;

import io.batchengine.testkit.SourceDirectoryContract;
import io.batchengine.testkit.SourceDirectoryFixture;
import java.util.List;

// README:begin source-directory-contract
class BucketDirectoryTest extends SourceDirectoryContract {
    @Override
    protected SourceDirectoryFixture directory(List<String> names) {
        MemoryObjects objects = new MemoryObjects("dir-bucket");
        names.forEach(name -> objects.put(name, contentOf(name)));
        return SourceDirectoryFixture.of(new BucketDirectory(objects), "dir-bucket");
    }
}
// README:end source-directory-contract
