package io.batchengine.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.batchengine.model.Text;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The program of the process in which the kit runs on an older JUnit: tells the version, then what became of the tests. */
final class OldestJUnit {
    private OldestJUnit() {}

    public static void main(String[] args) throws Exception {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Class.forName(args[0])))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        summary.printFailuresTo(out, 3);
        out.println(Text.format(
                "%s succeeded=%d failed=%d",
                Test.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()
                        .replaceAll(".*/", ""),
                summary.getTestsSucceededCount(),
                summary.getTotalFailureCount()));
    }
}
