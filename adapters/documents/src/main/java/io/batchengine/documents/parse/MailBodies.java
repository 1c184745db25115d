package io.batchengine.documents.parse;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.james.mime4j.dom.BinaryBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.BasicBodyFactory;
import org.apache.james.mime4j.message.BodyFactory;

/** The bodies of a mail's parts, as far as they are needed: attachments are named only, so their bytes are passed over. */
final class MailBodies implements BodyFactory {
    private static final int MAX_PARTS = 20_000;
    private static final int CHUNK = 1 << 16;

    private final BasicBodyFactory bodies = new BasicBodyFactory();
    private final ReadingGuard guard;
    private final int maxText;
    private final Set<TextBody> leftOut = Collections.newSetFromMap(new IdentityHashMap<>());
    private int parts;
    private long held;

    MailBodies(ReadingGuard guard) {
        this.guard = guard;
        this.maxText =
                (int) Math.min(Integer.MAX_VALUE - 16L, 4L * guard.limits().maxOutputCharacters());
    }

    @Override
    public BinaryBody binaryBody(InputStream in) throws IOException {
        countPart();
        passOver(in);
        return bodies.binaryBody(new byte[0]);
    }

    @Override
    public TextBody textBody(InputStream in, String charset) throws IOException {
        countPart();
        byte[] text = in.readNBytes(maxText);
        passOver(in);
        held += text.length;
        if (held <= maxText) {
            return bodies.textBody(new ByteArrayInputStream(text), charset);
        }
        TextBody empty = bodies.textBody(new ByteArrayInputStream(new byte[0]), charset);
        leftOut.add(empty);
        return empty;
    }

    /** Whether a text was too long to be held: no harm for an attachment, the end of the reading for the mail's own text. */
    boolean isLeftOut(TextBody body) {
        return leftOut.contains(body);
    }

    private void countPart() {
        guard.checkNow();
        if (++parts > MAX_PARTS) {
            throw guard.fail(Text.format("the mail has more than %,d parts", MAX_PARTS));
        }
    }

    private void passOver(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (in.read(chunk) >= 0) {
            guard.check();
        }
    }
}
