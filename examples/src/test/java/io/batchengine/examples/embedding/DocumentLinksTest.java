package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each link of the README, the guide and the other pages leads to a file of the project, and to a heading of it. */
class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");

    @Test
    void every_link_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : Documents.pages()) {
            List<String> links = LINK.matcher(text(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.contains("://"))
                    .toList();
            for (String link : links) {
                if (!leadsSomewhere(page, link)) {
                    broken.add(Documents.ROOT.relativize(page) + " -> " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_page_of_the_guide_is_in_its_index() throws IOException {
        Path guide = Documents.ROOT.resolve("docs/guide");
        String index = Files.readString(guide.resolve("README.md"));
        for (Path page : Documents.files(guide, ".md")) {
            String name = String.valueOf(page.getFileName());
            assertThat(name.equals("README.md") || index.contains("](" + name + ")"))
                    .as(name)
                    .isTrue();
        }
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || anchors(target).contains(link.substring(hash + 1));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(text(page))
                .results()
                .map(DocumentLinksTest::anchor)
                .collect(Collectors.toSet());
    }

    private static String anchor(MatchResult heading) {
        String words = heading.group(1).strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
        return words.replace(' ', '-');
    }

    private static String text(Path page) throws IOException {
        return CODE.matcher(Files.readString(page)).replaceAll("");
    }
}
