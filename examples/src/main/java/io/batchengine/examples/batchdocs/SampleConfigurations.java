package io.batchengine.examples.batchdocs;

import io.batchengine.documents.Configurations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The configuration that comes with the sample documents. */
final class SampleConfigurations {
    /** Extracts the invoices. */
    static final String INVOICE = "cfg-sample-invoice";

    static final Configurations INSTANCE = Configurations.of(SampleConfigurations::find);

    private SampleConfigurations() {}

    private static Optional<String> find(String id) {
        return id.equals(INVOICE) ? Optional.of(read("/sample/configs/" + INVOICE + ".json")) : Optional.empty();
    }

    private static String read(String resource) {
        try (InputStream in = SampleConfigurations.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the sample data is not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
