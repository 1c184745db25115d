package io.batchengine.benchmarks.plot;

import io.batchengine.benchmarks.comparison.ComparisonTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws {@code comparison.csv} and {@code targets.csv} of a folder as SVG files beside them. Argument: the folder. */
public final class Plots {
    private Plots() {}

    /**
     * Draws what is there.
     *
     * @param args the folder; {@code png} for bitmaps beside the SVG files
     * @throws IOException if a file can't be read or written
     */
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path folder = Path.of(args.length > 0 ? args[0] : "benchmarks/results");
        for (Drawing drawing : drawings(folder)) {
            drawing.writeSvg(folder);
            if (args.length > 1 && args[1].equals("png")) {
                drawing.writePng(folder);
            }
            System.out.println(folder.resolve(drawing.name() + ".svg"));
        }
    }

    static List<Drawing> drawings(Path folder) throws IOException {
        List<Drawing> drawings = new ArrayList<>();
        Path comparison = folder.resolve("comparison.csv");
        if (Files.exists(comparison)) {
            drawings.addAll(ComparisonPlots.of(ComparisonTable.read(comparison)));
        }
        Path targets = folder.resolve("targets.csv");
        if (Files.exists(targets)) {
            drawings.add(TargetPlot.draw(TargetPlot.read(targets)));
        }
        return drawings;
    }
}
