package io.batchengine.documents.internal.pdf;

/**
 * Counts the codes of the {@code bfrange} sections of a CMap, byte by byte. In doubt it counts too many: comments and names are read as
 * if they were code, so that nothing can be hidden in them.
 */
final class CodeRanges {
    private static final String BEGIN = "beginbfrange";

    private final StringBuilder word = new StringBuilder();
    private boolean inRanges;
    private boolean inArray;
    private boolean inCode;
    private int digits;
    private long code;
    /** Which of the three parts of a range comes next. */
    private int part;

    private long first;
    private long last;
    private long codes;

    long codes() {
        return codes;
    }

    void read(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            read((char) (bytes[i] & 0xff));
        }
    }

    private void read(char c) {
        if (inCode && c != '>' && c != '<') {
            int digit = Character.digit(c, 16);
            if (digit >= 0) {
                code = (code << 4 | digit) & 0xffff_ffffL;
                digits++;
            }
            return;
        }
        if (c >= 'a' && c <= 'z') {
            word.append(c);
            if (word.length() > 2 * BEGIN.length()) {
                word.delete(0, BEGIN.length());
            }
            return;
        }
        endWord();
        switch (c) {
            case '<' -> {
                inCode = true;
                code = 0;
                digits = 0;
            }
            case '>' -> {
                if (inCode) {
                    inCode = false;
                    ended(digits % 2 == 0 ? code : code << 4 & 0xffff_ffffL);
                }
            }
            case '[' -> inArray = true;
            case ']' -> {
                inArray = false;
                part = 0;
            }
            default -> {
                // numbers and white space
            }
        }
    }

    private void endWord() {
        if (word.length() > 0) {
            inRanges = word.toString().endsWith(BEGIN);
            inArray = false;
            part = 0;
            word.setLength(0);
        }
    }

    private void ended(long value) {
        if (!inRanges) {
            return;
        }
        if (inArray) {
            codes++;
        } else if (part == 0) {
            first = value;
            part = 1;
        } else if (part == 1) {
            last = value;
            part = 2;
        } else {
            codes += last >= first ? last - first + 1 : 1;
            part = 0;
        }
    }
}
