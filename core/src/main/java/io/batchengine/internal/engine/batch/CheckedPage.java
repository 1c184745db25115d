package io.batchengine.internal.engine.batch;

import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.SourceFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing, checked: what a source directory answers against its contract is refused here, before anything of it is
 * recorded.
 *
 * @param files the files, without duplicates
 * @param ids their ids, asked for once
 * @param duplicates how many ids were listed again
 * @param last whether the listing ends here
 */
record CheckedPage(List<SourceFile> files, List<String> ids, long duplicates, boolean last) {
    static CheckedPage check(@Nullable FilePage page, int limit, @Nullable String afterId) {
        if (page == null || page.files() == null) {
            throw fault("the source directory answered null instead of a page");
        }
        List<? extends SourceFile> listed = page.files();
        if (listed.size() > limit) {
            throw fault(Text.format(
                    "the source directory listed %d files where at most %d were asked for", listed.size(), limit));
        }
        List<SourceFile> files = new ArrayList<>(listed.size());
        List<String> ids = new ArrayList<>(listed.size());
        long duplicates = 0;
        String before = afterId;
        for (SourceFile file : listed) {
            String id = idOf(file);
            int order = before == null ? -1 : Ids.compareUtf8(before, id);
            if (order > 0) {
                throw fault(Text.format(
                        "the source directory listed %s behind %s: ids must ascend",
                        Text.quote(id), Text.quote(before)));
            }
            if (order == 0) {
                duplicates++;
            } else {
                files.add(file);
                ids.add(id);
                before = id;
            }
        }
        return new CheckedPage(files, ids, duplicates, page.last());
    }

    /** The last id, or another where there is none. */
    @Nullable
    String lastIdOr(@Nullable String other) {
        return ids.isEmpty() ? other : ids.get(ids.size() - 1);
    }

    private static String idOf(@Nullable SourceFile file) {
        if (file == null) {
            throw fault("the source directory listed null instead of a file");
        }
        String id = file.id();
        String wrong = Ids.fault(id, Ids.MAX_FILE_ID_LENGTH);
        if (wrong != null) {
            throw fault(Text.format("the source directory listed a file whose id %s %s", Text.quote(id), wrong));
        }
        return id;
    }

    static AgainstContract fault(String message) {
        return new AgainstContract(message);
    }

    /** What a source directory answers against its contract; asking again would not help. */
    static final class AgainstContract extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AgainstContract(String message) {
            super(message);
        }
    }
}
