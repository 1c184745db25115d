package io.batchengine.documents;

import io.batchengine.documents.extract.ExtractJobFactory;
import io.batchengine.documents.parse.DocumentParsers;
import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.model.Scope;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.SourceFile;
import io.batchengine.testkit.JobFactoryContract;
import io.batchengine.testkit.JobFactoryFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of job factories against those of this module. */
class JobsContractTest {
    private static final String EXTRACT = """
            {"type":"extract_v2","parameters":{
              "schema":{"type":"object","required":["number"],"properties":{"number":{"type":"string"}}},
              "rules":{"number":{"labels":"Number"}}}}
            """;
    private static final String PARSE = "{\"type\":\"parse_v2\",\"parameters\":{\"mode\":\"text\",\"metadata\":true}}";

    @TempDir
    private Path output;

    @Nested
    class Parse extends JobFactoryContract {
        @Override
        protected JobFactoryFixture factory() {
            return new Documents("cfg-saved", "cfg-extract") {
                @Override
                JobFactory make(Configurations configurations) {
                    return ParseJobFactory.of(
                            DocumentParsers.tika(DocumentLimits.DEFAULT), configurations, OutputFolder.at(output));
                }
            };
        }
    }

    @Nested
    class ParseByPreset extends JobFactoryContract {
        @Override
        protected JobFactoryFixture factory() {
            return new Documents(ParseJobFactory.AGENTIC, "cfg-extract") {
                @Override
                JobFactory make(Configurations configurations) {
                    return ParseJobFactory.of(
                            DocumentParsers.tika(DocumentLimits.DEFAULT), configurations, OutputFolder.at(output));
                }

                @Override
                public Optional<Scope> stranger() {
                    return Optional.empty();
                }

                @Override
                public boolean spoilConfiguration() {
                    return false;
                }
            };
        }
    }

    @Nested
    class Extract extends JobFactoryContract {
        @Override
        protected JobFactoryFixture factory() {
            return new Documents("cfg-extract", "cfg-saved") {
                @Override
                JobFactory make(Configurations configurations) {
                    return ExtractJobFactory.of(
                            DocumentParsers.tika(DocumentLimits.DEFAULT), configurations, OutputFolder.at(output));
                }
            };
        }
    }

    private abstract static class Documents implements JobFactoryFixture {
        private final Map<String, String> saved = new ConcurrentHashMap<>(
                Map.of("cfg-saved", PARSE, "cfg-extract", EXTRACT, "cfg-invalid", "{\"type\":"));
        private final String configurationId;
        private final String otherTypesId;
        private final JobFactory factory = make(this::find);

        Documents(String configurationId, String otherTypesId) {
            this.configurationId = configurationId;
            this.otherTypesId = otherTypesId;
        }

        abstract JobFactory make(Configurations configurations);

        private Optional<String> find(Scope scope, String id) {
            return scope.projectId().equals("prj-contract") ? Optional.ofNullable(saved.get(id)) : Optional.empty();
        }

        @Override
        public JobFactory factory() {
            return factory;
        }

        @Override
        public JobFactory reopened() {
            return make(this::find);
        }

        @Override
        public String configurationId() {
            return configurationId;
        }

        @Override
        public SourceFile goodFile() {
            return TestFiles.of("good.txt", "Number: A-1\n\nThank you for your order.\n");
        }

        @Override
        public Optional<SourceFile> badFile() {
            return Optional.of(TestFiles.of("bad.pdf", "%PDF-1.7\nhunter2 and nothing else\n"));
        }

        @Override
        public Optional<String> otherTypesConfigurationId() {
            return Optional.of(otherTypesId);
        }

        @Override
        public Optional<String> invalidConfigurationId() {
            return Optional.of("cfg-invalid");
        }

        @Override
        public Optional<Scope> stranger() {
            return Optional.of(Scope.ofProject("prj-stranger"));
        }

        @Override
        public boolean spoilConfiguration() {
            saved.clear();
            return true;
        }

        @Override
        public List<String> secrets() {
            return List.of("hunter2");
        }
    }
}
