package io.batchengine.examples.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run of text, with a link or without. */
record Span(String text, @Nullable String link) {
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\(([^)]+)\\)");

    /** Reads text in which links are written as {@code [text](address)}. */
    static List<Span> parse(String source) {
        List<Span> spans = new ArrayList<>();
        Matcher links = LINK.matcher(source);
        int end = 0;
        while (links.find()) {
            if (links.start() > end) {
                spans.add(new Span(source.substring(end, links.start()), null));
            }
            spans.add(new Span(links.group(1), links.group(2)));
            end = links.end();
        }
        if (end < source.length()) {
            spans.add(new Span(source.substring(end), null));
        }
        return List.copyOf(spans);
    }

    /** The words alone. */
    static String words(List<Span> spans) {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }

    /** The words, with each address behind its link, for formats that have no links. */
    static String wordsAndAddresses(List<Span> spans) {
        return spans.stream()
                .map(span -> span.link() == null ? span.text() : span.text() + " <" + span.link() + ">")
                .collect(Collectors.joining());
    }
}
