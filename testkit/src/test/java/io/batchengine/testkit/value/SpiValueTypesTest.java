package io.batchengine.testkit.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchSummary;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What builders of plug-in values require, and that {@link ValueTypesTest} knows every value class of the plug-in interfaces. */
class SpiValueTypesTest {
    @Test
    void a_builder_names_what_must_be_set() {
        unset("batchId", () -> BatchSummary.builder().build());
        unset("outcome", () -> SettledFile.builder().build());
        unset(
                "finishedAt",
                () -> SettledFile.builder().outcome(FileOutcome.FAILED).build());
        unset("id", () -> BatchRecord.builder().scope(Scope.ofProject("prj-1")).build());
        unset(
                "updatedAt",
                () -> BatchState.builder().status(BatchStatus.PENDING).build());
        unset("claim", () -> BatchCommit.builder().at(Instant.EPOCH).build());
        unset(
                "status",
                () -> BatchCommit.builder()
                        .claim(new ClaimRef("bat-1", 1, 1))
                        .at(Instant.EPOCH)
                        .build());
        unset("projectId", () -> BatchQuery.builder().limit(1).build());
        unset(
                "owner",
                () -> ClaimRequest.builder().types(Set.of(JobType.PARSE_V2)).build());
    }

    private static void unset(String field, ThrowingCallable build) {
        assertThatNullPointerException().isThrownBy(build).withMessage(field + " is not set");
    }

    @Test
    void an_event_keeps_its_own_copy_of_the_files() {
        List<FileRecord> files = new ArrayList<>(List.of(FileRecord.of("bat-1", 0, "dfl-1", null, null)));
        BatchSummary batch = BatchSummary.builder()
                .batchId("bat-1")
                .scope(Scope.ofProject("prj-1"))
                .sourceDirectoryId("dir-1")
                .jobType(JobType.PARSE_V2)
                .build();
        BatchEvent.FilesSettled event = BatchEvent.FilesSettled.of(batch, files);
        files.clear();
        assertThat(event.files()).hasSize(1);
    }

    /** A type that is added later is looked at too. A record never gets another component: its documentation says why. */
    @Test
    void every_value_of_these_packages_is_looked_at() throws Exception {
        Set<String> looked =
                SpiValueSamples.types().map(type -> type.type().getName()).collect(Collectors.toSet());
        Set<String> records = new TreeSet<>();
        for (Class<?> type : publicTypes()) {
            if (type.isRecord()) {
                records.add(type.getName().replaceAll(".*\\.", ""));
            } else if (!type.isEnum()
                    && Arrays.stream(type.getDeclaredMethods()).anyMatch(SpiValueTypesTest::isEquals)) {
                assertThat(looked).contains(type.getName());
            }
        }
        assertThat(records)
                .containsExactly(
                        "BatchKey$ById",
                        "BatchKey$ByIdempotencyKey",
                        "BatchPage",
                        "BatchQuery$Position",
                        "ClaimRef",
                        "CreateResult$Conflict",
                        "CreateResult$Created",
                        "CreateResult$Existing",
                        "CreateResult$OriginMissing",
                        "DeleteRequest$FinishedBefore",
                        "DeleteRequest$OneBatch",
                        "FileQuery$ByJob",
                        "JobCreation$Created",
                        "JobCreation$NotNow",
                        "JobCreation$Refused",
                        "ListedPage",
                        "Outcome$Failed",
                        "Outcome$NotNow",
                        "Outcome$Stopped",
                        "Outcome$Succeeded");
    }

    /** Whoever implements an interface gets new arguments within a request, never as another parameter. */
    @Test
    void no_method_that_others_implement_has_more_than_two_parameters() throws Exception {
        for (Class<?> type : publicTypes()) {
            if (type.isInterface()) {
                assertThat(type.getDeclaredMethods())
                        .filteredOn(method -> Modifier.isAbstract(method.getModifiers()))
                        .allSatisfy(method -> assertThat(method.getParameterCount())
                                .as(method.toString())
                                .isLessThanOrEqualTo(2));
            }
        }
    }

    private static boolean isEquals(Method method) {
        return method.getName().equals("equals");
    }

    private static List<Class<?>> publicTypes() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> sibling : List.of(SourceDirectory.class, BatchStore.class)) {
            for (String file : files(sibling)) {
                String name = sibling.getPackageName() + "." + file.replace(".class", "");
                Class<?> type = Class.forName(name, false, sibling.getClassLoader());
                if (Modifier.isPublic(type.getModifiers())) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    /** The class files beside a class, in a folder or in a jar. */
    private static List<String> files(Class<?> sibling) throws IOException, URISyntaxException {
        Path place = Path.of(
                sibling.getProtectionDomain().getCodeSource().getLocation().toURI());
        String folder = sibling.getPackageName().replace('.', '/');
        if (Files.isDirectory(place)) {
            return classes(place.resolve(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classes(jar.getPath(folder));
        }
    }

    private static List<String> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .toList();
        }
    }
}
