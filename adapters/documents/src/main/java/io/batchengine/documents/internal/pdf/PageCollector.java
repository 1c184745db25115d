package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationPopup;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/** Collects the lines of each page of a document, with the links that lie over them. */
final class PageCollector extends PDFTextStripper {
    private static final int MAX_LINKS = 2_000;

    /** Beyond so many letters a page is no page; each takes about 100 bytes while the page is read. */
    private static final int MAX_LETTERS = 1_000_000;

    private static final int MAX_LINES = 1_000_000;

    /** Of saved graphics states, those of the forms around included; each takes about a kilobyte. */
    private static final int MAX_STATES = 10_000;

    private final ReadingGuard guard;
    private final FormWatch forms;
    private final FontCheck fonts;
    private final DrawBudget budget;
    private final ContentCheck check;
    private final ImageFills fills;
    /** The length of each stream that was drawn; a stream equals itself alone. */
    private final Map<COSStream, Long> lengths = new HashMap<>();

    private final List<PageLines> pages = new ArrayList<>();
    /** The glyphs of the page by the direction in which they are written; upright ones first. */
    private final Map<Integer, Skew> glyphs = new TreeMap<>();

    private final List<Link> links = new ArrayList<>();
    private PageContent content = new PageContent(PDRectangle.A4);
    private double unit = 1;
    private int letters;
    private int lines;
    /** The saved graphics states of what draws the form that is read. */
    private int outerStates;

    /** A link's place: from the left and from the top. */
    private record Link(double left, double top, double right, double bottom, String href) {
        boolean covers(double x, double y) {
            return x >= left && x <= right && y >= top && y <= bottom;
        }
    }

    PageCollector(ReadingGuard guard, long fileLength) {
        this.guard = guard;
        this.forms = new FormWatch(guard);
        this.fonts = new FontCheck(guard);
        this.budget = new DrawBudget(guard, fileLength);
        this.check = new ContentCheck(guard);
        this.fills = new ImageFills(guard);
    }

    /** The lines of each page, from the top; turned text comes last. */
    List<PageLines> collect(PDDocument document) throws IOException {
        writeText(document, Writer.nullWriter());
        return withEmptyPages(document);
    }

    /** The streams that were drawn. */
    Set<COSStream> drawn() {
        return lengths.keySet();
    }

    /** PDFBox passes over pages without content, and those whose content can't be found. */
    private List<PageLines> withEmptyPages(PDDocument document) throws IOException {
        List<PageLines> all = new ArrayList<>();
        Iterator<PageLines> read = pages.iterator();
        for (PDPage page : document.getPages()) {
            guard.check();
            if (page.hasContents() && read.hasNext()) {
                all.add(read.next());
                continue;
            }
            content = new PageContent(page.getCropBox());
            readAnnotations(page);
            COSDictionary dictionary = page.getCOSObject();
            boolean named = dictionary.getItem(COSName.CONTENTS) != null;
            boolean blank =
                    dictionary.getDictionaryObject(COSName.CONTENTS) instanceof COSArray array && array.size() == 0;
            content.stream(named && !blank ? ContentCheck.DAMAGED : 0);
            all.add(new PageLines(List.of(), content));
        }
        return all;
    }

    @Override
    protected void startPage(PDPage page) throws IOException {
        guard.checkNow();
        forms.startPage();
        fills.startPage();
        outerStates = 0;
        glyphs.clear();
        links.clear();
        letters = 0;
        content = new PageContent(page.getCropBox());
        unit = page.getUserUnit() > 0 ? page.getUserUnit() : 1;
        readAnnotations(page);
        for (Iterator<PDStream> streams = page.getContentStreams(); streams.hasNext(); ) {
            draw(streams.next().getCOSObject());
        }
    }

    @Override
    protected void endPage(PDPage page) {
        content.end();
        List<TextLine> all = new ArrayList<>();
        for (Skew direction : glyphs.values()) {
            for (List<Glyph> text : direction.texts()) {
                all.addAll(LineBuilder.lines(pages.size(), text, guard));
            }
        }
        lines += all.size();
        if (lines > MAX_LINES) {
            throw guard.fail(Text.format("the PDF document has more than %,d lines", MAX_LINES));
        }
        pages.add(new PageLines(all, content));
        glyphs.clear();
    }

    @Override
    protected void processOperator(Operator operator, @Nullable List<COSBase> given) throws IOException {
        List<COSBase> operands = given == null ? List.of() : given; // PDFBox has none for the new line of ' and "
        guard.check();
        budget.step();
        content.operator(operator, operands, getResources());
        double filled = fills.take(operator, operands, getResources());
        if (filled > 0) {
            content.image(getGraphicsState().getCurrentTransformationMatrix(), filled);
        }
        if (operator.getName().equals("q") && outerStates + getGraphicsStackSize() >= MAX_STATES) {
            throw guard.fail(Text.format(
                    "the PDF document's graphics states are nested more than the limit of %,d deep", MAX_STATES));
        }
        checkFont(operator, operands);
        if (operator.getName().equals("BI") || (operator.getName().equals("Do") && isImage(operands))) {
            content.image(getGraphicsState().getCurrentTransformationMatrix(), 1);
        }
        super.processOperator(operator, operands);
    }

    /** PDFBox passes over most of what goes wrong. What goes wrong while a form is drawn loses the form. */
    @Override
    protected void operatorException(Operator operator, List<COSBase> operands, IOException e) throws IOException {
        if (operator.getName().equals("Do")) {
            content.damage();
        }
        super.operatorException(operator, operands, e);
    }

    private void checkFont(Operator operator, List<COSBase> operands) throws IOException {
        if (operands.isEmpty() || !(operands.get(0) instanceof COSName name) || getResources() == null) {
            return;
        }
        if (operator.getName().equals("Tf")) {
            fonts.select(getResources().getCOSObject(), name);
        } else if (operator.getName().equals("gs")) {
            fonts.state(getResources().getCOSObject(), name);
        }
    }

    private boolean isImage(List<COSBase> operands) {
        return !operands.isEmpty()
                && operands.get(0) instanceof COSName name
                && getResources() != null
                && getResources().isImageXObject(name);
    }

    @Override
    public void showForm(PDFormXObject form) throws IOException {
        int states = enter(form);
        try {
            super.showForm(form);
        } finally {
            leave(states);
        }
    }

    @Override
    public void showTransparencyGroup(PDTransparencyGroup form) throws IOException {
        int states = enter(form);
        try {
            super.showTransparencyGroup(form);
        } finally {
            leave(states);
        }
    }

    private int enter(PDFormXObject form) throws IOException {
        forms.enter(form.getCOSObject());
        draw(form.getCOSObject());
        int states = getGraphicsStackSize();
        outerStates += states;
        return states;
    }

    private void draw(COSStream stream) throws IOException {
        boolean first = budget.draw(stream);
        if (first) {
            lengths.put(stream, check.length(stream));
        }
        content.stream(lengths.getOrDefault(stream, 0L));
    }

    private void leave(int states) {
        outerStates -= states;
        forms.leave();
    }

    @Override
    protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement) throws IOException {
        guard.check();
        budget.step();
        content.letterShown();
        super.showGlyph(matrix, font, code, displacement);
    }

    @Override
    protected void processTextPosition(TextPosition position) {
        String text = position.getUnicode();
        if (text == null || text.isEmpty() || Letters.isUnmapped(text)) {
            return;
        }
        content.letterRead(position, getGraphicsState().getTextState().getRenderingMode() != RenderingMode.NEITHER);
        guard.buffered(text.length());
        if (++letters > MAX_LETTERS) {
            throw guard.fail(Text.format("a page of the PDF document has more than %,d letters", MAX_LETTERS));
        }
        Direction direction = Direction.of(position);
        double width = unit * position.getWidthDirAdj();
        double x = unit * direction.x(position);
        double y = unit * direction.y(position);
        double size = unit * Letters.size(position);
        PDFont font = position.getFont();
        Glyph glyph = new Glyph(
                text,
                x,
                y,
                width,
                size,
                unit * Math.abs(position.getWidthOfSpace()),
                Letters.isBold(font),
                Letters.isItalic(font),
                link(x + width / 2, y - size / 4));
        glyphs.computeIfAbsent(direction.order(), each -> new Skew()).add(Skew.of(position, direction), glyph);
    }

    private @Nullable String link(double x, double y) {
        for (Link link : links) {
            if (link.covers(x, y)) {
                return link.href;
            }
        }
        return null;
    }

    private void readAnnotations(PDPage page) throws IOException {
        for (PDAnnotation annotation : page.getAnnotations()) {
            guard.check();
            if (annotation instanceof PDAnnotationLink link) {
                addLink(page, link);
            } else if (!(annotation instanceof PDAnnotationPopup) && !annotation.isHidden()) {
                content.note();
            }
        }
    }

    private void addLink(PDPage page, PDAnnotationLink link) {
        PDRectangle place = link.getRectangle();
        if (page.getRotation() == 0
                && place != null
                && links.size() < MAX_LINKS
                && link.getAction() instanceof PDActionURI action
                && action.getURI() != null) {
            PDRectangle box = page.getCropBox();
            links.add(new Link(
                    unit * (place.getLowerLeftX() - box.getLowerLeftX()),
                    unit * (box.getUpperRightY() - place.getUpperRightY()),
                    unit * (place.getUpperRightX() - box.getLowerLeftX()),
                    unit * (box.getUpperRightY() - place.getLowerLeftY()),
                    action.getURI()));
        }
    }
}
