package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.jspecify.annotations.Nullable;

/** Finds shapes that are filled with an image: by a pattern that draws one, or through a mask that does. So some programs draw scans. */
final class ImageFills {
    private static final COSName GROUP = COSName.getPDFName("G");
    private static final Pattern INLINE = Pattern.compile("\\bBI\\s[^>]{0,999}\\sID\\s");
    private static final int MOST_BYTES = 1 << 16;
    private static final int MOST_STATES = 10_000;
    private static final int MOST_DEPTH = 20;

    private final ReadingGuard guard;
    /** Whether a stream draws an image; a stream equals itself alone. */
    private final Map<COSStream, Boolean> images = new HashMap<>();

    private final Deque<State> saved = new ArrayDeque<>();
    private State state = State.PLAIN;
    private double left;
    private double bottom;
    private double right;
    private double top;

    /** Whether the pattern that fills shapes draws an image, and whether the mask does. */
    private record State(boolean pattern, boolean mask) {
        private static final State PLAIN = new State(false, false);
    }

    ImageFills(ReadingGuard guard) {
        this.guard = guard;
    }

    void startPage() {
        saved.clear();
        state = State.PLAIN;
        clearPath();
    }

    /** Takes an operator; the area that it fills with an image, before any scale, as a rectangle around the shape. */
    double take(Operator operator, List<COSBase> operands, @Nullable PDResources resources) {
        double area = 0;
        switch (operator.getName()) {
            case "q" -> {
                if (saved.size() < MOST_STATES) {
                    saved.push(state);
                }
            }
            case "Q" -> state = saved.isEmpty() ? state : saved.pop();
            case "g", "rg", "k", "cs" -> state = new State(false, state.mask);
            case "sc", "scn" -> state = new State(isImagePattern(operands, resources), state.mask);
            case "gs" -> state = new State(state.pattern, isMasked(operands, resources));
            case "re" -> rectangle(operands);
            case "m", "l", "c", "v", "y" -> points(operands);
            case "f", "F", "f*", "B", "B*", "b", "b*" -> {
                area = (state.pattern || state.mask) && right > left ? (right - left) * (top - bottom) : 0;
                clearPath();
            }
            case "S", "s", "n" -> clearPath();
            default -> {
                // It neither draws a shape nor changes how.
            }
        }
        return area;
    }

    private void clearPath() {
        left = Double.MAX_VALUE;
        bottom = Double.MAX_VALUE;
        right = -Double.MAX_VALUE;
        top = -Double.MAX_VALUE;
    }

    private void rectangle(List<COSBase> operands) {
        points(operands.subList(0, Math.min(2, operands.size())));
        if (operands.size() >= 4) {
            point(number(operands.get(0)) + number(operands.get(2)), number(operands.get(1)) + number(operands.get(3)));
        }
    }

    private void points(List<COSBase> operands) {
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            point(number(operands.get(i)), number(operands.get(i + 1)));
        }
    }

    private void point(double x, double y) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        bottom = Math.min(bottom, y);
        top = Math.max(top, y);
    }

    private static double number(COSBase operand) {
        return operand instanceof COSNumber number ? number.floatValue() : 0;
    }

    private boolean isImagePattern(List<COSBase> operands, @Nullable PDResources resources) {
        return !operands.isEmpty()
                && operands.get(operands.size() - 1) instanceof COSName name
                && named(resources, COSName.PATTERN, name) instanceof COSStream pattern
                && drawsImage(pattern, 0);
    }

    private boolean isMasked(List<COSBase> operands, @Nullable PDResources resources) {
        if (operands.isEmpty()
                || !(operands.get(0) instanceof COSName name)
                || !(named(resources, COSName.EXT_G_STATE, name) instanceof COSDictionary changes)) {
            return state.mask;
        }
        COSBase mask = changes.getDictionaryObject(COSName.SMASK);
        if (mask instanceof COSDictionary dictionary) {
            return dictionary.getDictionaryObject(GROUP) instanceof COSStream group && drawsImage(group, 0);
        }
        return mask == null && state.mask;
    }

    private static @Nullable COSBase named(@Nullable PDResources resources, COSName kind, COSName name) {
        COSDictionary all = resources == null ? null : resources.getCOSObject().getCOSDictionary(kind);
        return all == null ? null : all.getDictionaryObject(name);
    }

    private boolean drawsImage(COSStream stream, int depth) {
        guard.checkNow();
        Boolean known = images.get(stream);
        if (known != null || depth > MOST_DEPTH) {
            return known != null && known;
        }
        images.put(stream, false); // it may draw itself
        boolean image = stream.getItem(COSName.SUBTYPE) == COSName.IMAGE || holdsInline(stream);
        COSDictionary resources = stream.getCOSDictionary(COSName.RESOURCES);
        COSDictionary objects = resources == null ? null : resources.getCOSDictionary(COSName.XOBJECT);
        if (objects != null && !image) {
            for (COSName name : objects.keySet()) {
                image |= objects.getDictionaryObject(name) instanceof COSStream drawn && drawsImage(drawn, depth + 1);
            }
        }
        images.put(stream, image);
        return image;
    }

    private static boolean holdsInline(COSStream stream) {
        try (InputStream in = stream.createInputStream()) {
            return INLINE.matcher(new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
