package io.batchengine.documents.internal.pdf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the operators of a page make sense. PDFBox passes over those that it does not know, so bytes that were decrypted by a wrong
 * key look like a blank page; it passes over forms and images that are not there, and takes the rest of a page for an image without an end.
 */
final class OperatorCheck {
    private static final Set<String> KNOWN = Set.copyOf(Arrays.asList(
            ("b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg"
                            + " ri s S sc SC scn SCN sh T* Tc Td TD Tf TJ Tj TL Tm Tr Ts Tw Tz v w W W* y ' \"")
                    .split(" ", -1)));
    /** What some writers put where a number belongs, which is read as an operator. */
    private static final Pattern NUMBER =
            Pattern.compile("(?i)[-+.]*(?:e?[-+]?[0-9.]*|nan.*|inf(?:inity)?|[0-9.]*#?(?:ind|inf|qnan|snan).*)");
    /** A page that goes on within what was taken for an image, which lacks its last two bytes. */
    private static final Pattern PAGE =
            Pattern.compile("(?s)(?:^|.*\\s)(?:BT\\s.*[)>\\]]\\s*T[jJ]|/[!-~]+\\s+Do?)(?:\\s.*|$)");

    private static final int MOST_IMAGE_BYTES = 1 << 20;

    private int operators;
    /** How many sections are open whose operators need not be known. */
    private int compatible;

    private final TextObjects texts = new TextObjects();
    private boolean damaged;

    void take(Operator operator, List<COSBase> operands, @Nullable PDResources resources) {
        operators++;
        texts.take(operator.getName(), operands);
        switch (operator.getName()) {
            case "BX" -> compatible++;
            case "EX" -> compatible--;
            case "Do" -> damaged |= !isThere(operands, resources);
            case "BI" -> damaged |= holdsPage(operator.getImageData());
            default -> damaged |= compatible <= 0 && isUnknown(operator.getName());
        }
    }

    private static boolean isUnknown(String name) {
        return !KNOWN.contains(name) && !NUMBER.matcher(name).matches();
    }

    private static boolean isThere(List<COSBase> operands, @Nullable PDResources resources) {
        COSDictionary objects =
                resources == null ? null : resources.getCOSObject().getCOSDictionary(COSName.XOBJECT);
        return objects != null
                && !operands.isEmpty()
                && operands.get(0) instanceof COSName name
                && objects.getDictionaryObject(name) instanceof COSStream;
    }

    private static boolean holdsPage(byte @Nullable [] image) {
        return image != null
                && image.length <= MOST_IMAGE_BYTES
                && PAGE.matcher(new String(image, StandardCharsets.ISO_8859_1)).matches();
    }

    int operators() {
        return operators;
    }

    boolean isDamaged() {
        return damaged || texts.isDamaged();
    }
}
