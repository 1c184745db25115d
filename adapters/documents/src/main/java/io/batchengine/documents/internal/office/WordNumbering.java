package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.office.WordStyles.Numbering;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Word document's lists: which levels have numbers, and which number comes next. */
final class WordNumbering {
    private static final int LEVELS = 9;

    /** List number to its definition. */
    private final Map<Integer, Integer> definitions = new HashMap<>();
    /** The levels of definitions that have bullets. */
    private final Set<Numbering> bullets = new HashSet<>();

    private final Map<Integer, int[]> counters = new HashMap<>();

    static WordNumbering read(OfficePackage document, Optional<String> part) throws IOException {
        WordNumbering result = new WordNumbering();
        if (part.isEmpty()) {
            return result;
        }
        int definition = -1;
        int list = -1;
        int level = 0;
        try (Xml xml = document.open(part.get())) {
            while (xml.next()) {
                if (!xml.isStart()) {
                    continue;
                }
                switch (xml.name()) {
                    case "abstractNum" -> definition = xml.number("abstractNumId", -1);
                    case "lvl" -> level = xml.number("ilvl", 0);
                    case "numFmt" -> {
                        String format = xml.attribute("val").orElse("");
                        if (list < 0 && (format.equals("bullet") || format.equals("none"))) {
                            xml.entry();
                            result.bullets.add(new Numbering(definition, level));
                        }
                    }
                    case "num" -> list = xml.number("numId", -1);
                    case "abstractNumId" -> {
                        xml.entry();
                        result.definitions.put(list, xml.number("val", -1));
                    }
                    default -> {
                        // The rest is looks.
                    }
                }
            }
        }
        return result;
    }

    boolean isOrdered(Numbering place) {
        Integer definition = definitions.get(place.list());
        return definition != null && !bullets.contains(new Numbering(definition, place.level()));
    }

    /** Counts an item; its number. */
    int next(Numbering place) {
        if (!definitions.containsKey(place.list())) {
            return 1;
        }
        int level = Math.min(Math.max(0, place.level()), LEVELS - 1);
        int[] counter = counters.computeIfAbsent(place.list(), list -> new int[LEVELS]);
        for (int below = level + 1; below < LEVELS; below++) {
            counter[below] = 0;
        }
        return ++counter[level];
    }
}
