package io.vigie.understanding;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text with what people say about it, to learn from or to be judged by.
 *
 * @param text as the customer wrote it, personal data and all
 * @param language {@code fr}, {@code en}, or null when nobody said
 * @param labels by head, such as {@code theme}: the labels that fit; a head that nobody judged is absent, which is not
 *     the same as one with no label
 */
public record LabelledText(String text, @Nullable String language, Map<String, Set<String>> labels) {
    public LabelledText {
        labels = Map.copyOf(labels);
    }
}
