package io.batchengine.examples.sample;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.openxml4j.opc.internal.PackagePropertiesPart;

/** The properties of an Office document, with fixed times in place of the time of day. */
final class OfficeProperties {
    private static final Date TIME = Date.from(Instant.parse("2026-01-01T00:00:00Z"));

    private OfficeProperties() {}

    static void fix(POIXMLProperties properties, String title) {
        PackagePropertiesPart core = properties.getCoreProperties().getUnderlyingProperties();
        core.setTitleProperty(title);
        core.setCreatorProperty("Batch Engine sample data");
        core.setCreatedProperty(Optional.of(TIME));
        core.setModifiedProperty(Optional.of(TIME));
    }
}
