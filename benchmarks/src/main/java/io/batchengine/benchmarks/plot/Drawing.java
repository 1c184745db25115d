package io.batchengine.benchmarks.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;

/**
 * Charts on one sheet.
 *
 * @param name of its file, without an ending
 * @param width of the sheet
 * @param height of the sheet
 * @param panels the charts and where they are
 */
record Drawing(String name, int width, int height, List<Panel> panels) {
    /** A chart in its place. */
    record Panel(JFreeChart chart, Rectangle2D place) {}

    /** One chart that fills the sheet. */
    static Drawing of(String name, int width, int height, JFreeChart chart) {
        return new Drawing(name, width, height, List.of(new Panel(chart, new Rectangle2D.Double(0, 0, width, height))));
    }

    void writeSvg(Path folder) throws IOException {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment("drawn from the CSV files beside it");
        context.setPrecision(2);
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        draw(graphics);
        try (Writer out = Files.newBufferedWriter(folder.resolve(name + ".svg"))) {
            graphics.stream(out, false);
        }
    }

    /** For those who look at it while they work on a plot. */
    void writePng(Path folder) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        draw(graphics);
        ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
    }

    private void draw(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fill(new Rectangle2D.Double(0, 0, width, height));
        panels.forEach(panel -> panel.chart.draw(graphics, panel.place));
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException broken) {
            throw new UncheckedIOException(new IOException("the JDK's XML parser is broken", broken));
        }
    }
}
