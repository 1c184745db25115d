package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Library and driver in a loader of their own, as in a web application, and two such applications one after the other. */
class ClassLoadersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void the_driver_of_sqlite_is_found_beside_the_library() throws Exception {
        assertWorks(sqlite());
    }

    @Test
    void the_driver_of_postgresql_is_found_beside_the_library() throws Exception {
        assertWorks(TestPostgres.newDatabase());
    }

    @Test
    void an_application_that_tried_too_early_opens_the_store_later() throws Exception {
        try (OtherLoader first = new OtherLoader();
                OtherLoader second = new OtherLoader()) {
            first.call("open", sqlite());
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> second.call("open", sqlite())).hasMessageContaining("is open in this process");
            }
            assertAnotherProcessIsRefused(); // by the first one's lock
            first.call("close", "");
            second.call("open", sqlite());
            assertThat(second.call("use", "eng-2")).isEqualTo("[]");
            assertAnotherProcessIsRefused();
            assertThatThrownBy(() -> first.call("open", sqlite())).hasMessageContaining("is open in this process");
            second.call("close", "");
        }
        try (ChildStore child = ChildStore.start(sqlite())) {
            assertThat(child.told()).startsWith("claimed");
        }
    }

    /** Test frameworks put back the properties as they were before. */
    @Test
    void replaced_system_properties_cost_neither_the_lock_nor_a_later_opening() throws Exception {
        Properties before = System.getProperties();
        try (OtherLoader first = new OtherLoader();
                OtherLoader second = new OtherLoader()) {
            Properties copy = new Properties();
            copy.putAll(before);
            first.call("open", sqlite());
            System.setProperties(copy);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> second.call("open", sqlite())).hasMessageContaining("is open in this process");
                assertAnotherProcessIsRefused();
            }
            first.call("close", "");
            second.call("open", sqlite());
            assertAnotherProcessIsRefused();
            second.call("close", "");
        } finally {
            System.setProperties(before);
        }
    }

    @Test
    void an_application_that_is_taken_out_leaves_nothing_behind() throws Exception {
        WeakReference<ClassLoader> gone = deployAndUndeploy();
        Awaitility.await().untilAsserted(() -> {
            System.gc();
            assertThat(gone.refersTo(null)).isTrue();
        });
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.contains("io.batchengine") && name.contains(folder.toString()));
    }

    private WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
        try (OtherLoader application = new OtherLoader()) {
            application.call("open", sqlite());
            application.call("use", "eng-1");
            application.call("close", "");
            application.call("undeploy", "");
            return new WeakReference<>(application.loader());
        }
    }

    private static void assertWorks(String url) throws Exception {
        try (OtherLoader application = new OtherLoader()) {
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            application.call("open", url);
            assertThat(application.call("use", "eng-1")).isEqualTo("[]");
            application.call("close", "");
        } finally {
            Thread.currentThread().setContextClassLoader(ClassLoadersTest.class.getClassLoader());
        }
    }

    private void assertAnotherProcessIsRefused() throws Exception {
        try (ChildStore child = ChildStore.start(sqlite())) {
            assertThat(child.told()).isEqualTo("refused STORE_IN_USE");
        }
    }

    private String sqlite() {
        assertThat(Files.isDirectory(folder)).isTrue();
        return "jdbc:sqlite:" + folder.resolve("batches.db");
    }
}
