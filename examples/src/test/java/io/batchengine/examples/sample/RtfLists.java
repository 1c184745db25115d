package io.batchengine.examples.sample;

import io.batchengine.model.Text;
import java.util.List;

/** The tables of lists at the head of an RTF document; each list counts from one again. */
record RtfLists(List<Block.Items> lists) {
    private static final int LEVELS = 3;

    static RtfLists of(Doc doc) {
        return new RtfLists(doc.blocks().stream()
                .filter(Block.Items.class::isInstance)
                .map(Block.Items.class::cast)
                .toList());
    }

    /** The number that paragraphs of the list carry. */
    int number(Block.Items list) {
        return lists.indexOf(list) + 1;
    }

    String tables() {
        if (lists.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("{\\*\\listtable\n");
        for (Block.Items list : lists) {
            out.append(Text.format("{\\list\\listtemplateid%d\\listhybrid", number(list)));
            Block.Items level = list;
            for (int i = 0; i < LEVELS; i++) {
                out.append(level(level.numbered(), i));
                for (Block.Item item : level.items()) {
                    level = item.nested() == null ? level : item.nested();
                }
            }
            out.append(Text.format("\\listid%d}\n", number(list)));
        }
        out.append("}\n{\\*\\listoverridetable");
        for (Block.Items list : lists) {
            out.append(Text.format("{\\listoverride\\listid%d\\listoverridecount0\\ls%<d}", number(list)));
        }
        return out.append("}\n").toString();
    }

    private static String level(boolean numbered, int depth) {
        String kind = numbered ? "\\levelnfc0\\levelstartat1" : "\\levelnfc23\\levelstartat1";
        String text = numbered
                ? Text.format("{\\leveltext\\'02\\'0%d.;}{\\levelnumbers\\'01;}", depth)
                : "{\\leveltext\\'01\\'95;}{\\levelnumbers;}";
        return "{\\listlevel" + kind + "\\leveljc0\\levelfollow0" + text + "\\fi-360\\li" + 720 * (depth + 1) + "}";
    }
}
