package io.vigie.understanding;

import java.util.List;

/**
 * One question that a learned model answers about every text.
 *
 * @param name such as {@code theme}
 * @param exclusive whether exactly one label fits each text, or any number
 * @param labels the possible answers, at least one
 * @param prior what is added to the odds of each label before they are told, as a logarithm: it moves the point from which
 *     on a label counts as likely, which training on few examples puts too high
 */
record Head(String name, boolean exclusive, List<String> labels, double prior) {
    Head {
        labels = List.copyOf(labels);
    }
}
