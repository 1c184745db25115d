/**
 * Real {@code parse_v2} and {@code extract_v2} jobs: documents to Markdown, and to JSON by the rules of a configuration.
 */
module io.batchengine.documents {
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;
    requires transitive io.batchengine.spi;
    requires java.desktop; // PDFBox draws on its geometry
    requires java.xml;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires com.networknt.schema;
    requires org.apache.commons.csv;
    requires apache.mime4j.core;
    requires apache.mime4j.dom;
    requires org.apache.pdfbox;
    requires org.apache.pdfbox.io;
    requires org.apache.poi.poi;
    requires org.apache.tika.core;
    requires org.apache.tika.parser.html;
    requires org.apache.tika.parser.txt;

    // What Tika, mime4j and PDFBox need: they have no module descriptor that could say so.
    requires org.apache.commons.codec;
    requires org.apache.commons.io;
    requires org.apache.commons.logging;
    requires org.jsoup;

    exports io.batchengine.documents;
    exports io.batchengine.documents.extract;
    exports io.batchengine.documents.parse;
}
