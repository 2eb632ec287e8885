package io.vigie.app.demo;

import java.util.List;
import java.util.Optional;

/**
 * One thread of the story: what is said, by whom, and how often on which day.
 *
 * @param region the only region whose customers speak in it, or empty for all
 * @param customers how many customers of each offer speak in it; few customers come back often
 * @param everyDay whether weekends count as much as working days
 * @param asides whether a sentence about the customer may follow a text
 */
record Scene(
        String id,
        Optional<String> region,
        int customers,
        boolean everyDay,
        boolean asides,
        List<Span> spans,
        List<Words> texts) {
    /** {@code mean} texts on each day from {@code from} to {@code to}, both included, 0 being the last day. */
    record Span(int from, int to, double mean) {
        boolean covers(int day) {
            return from <= day && day <= to;
        }
    }

    Scene {
        spans = List.copyOf(spans);
        texts = List.copyOf(texts);
    }

    /** How many texts the scene has on a working day; days after the last are like the last. */
    double mean(int day) {
        var told = Math.min(day, 0);
        return spans.stream()
                .filter(span -> span.covers(told))
                .mapToDouble(Span::mean)
                .sum();
    }

    /** The texts that make sense on {@code day}. */
    List<Words> texts(int day) {
        return texts.stream().filter(words -> words.about().from() <= day).toList();
    }
}
