package io.batchengine.examples.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run of text, with a link or without. */
record SampleSpan(String text, @Nullable String link) {
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\(([^)]+)\\)");

    /** Reads text in which links are written as {@code [text](address)}. */
    static List<SampleSpan> parse(String source) {
        List<SampleSpan> spans = new ArrayList<>();
        Matcher links = LINK.matcher(source);
        int end = 0;
        while (links.find()) {
            if (links.start() > end) {
                spans.add(new SampleSpan(source.substring(end, links.start()), null));
            }
            spans.add(new SampleSpan(links.group(1), links.group(2)));
            end = links.end();
        }
        if (end < source.length()) {
            spans.add(new SampleSpan(source.substring(end), null));
        }
        return List.copyOf(spans);
    }

    /** The words alone. */
    static String words(List<SampleSpan> spans) {
        return spans.stream().map(SampleSpan::text).collect(Collectors.joining());
    }

    /** The words, with each address behind its link, for formats that have no links. */
    static String wordsAndAddresses(List<SampleSpan> spans) {
        return spans.stream()
                .map(span -> span.link() == null ? span.text() : span.text() + " <" + span.link() + ">")
                .collect(Collectors.joining());
    }
}
