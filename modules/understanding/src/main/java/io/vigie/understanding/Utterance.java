package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * What a customer said, and what its source knows about it.
 *
 * @param text any text, personal data and all
 * @param language a BCP 47 tag; {@code fr} and {@code en} are believed, others mean that no cue is sure to apply
 * @param channel how it was said: {@code EMAIL}, {@code PHONE}, {@code CHAT}, {@code WEB}, {@code SOCIAL},
 *     {@code STORE}, {@code SMS}, {@code LETTER} or {@code OTHER}
 * @param preferredChannel how the customer asked to be contacted, in the same words
 */
public record Utterance(
        String text,
        @Nullable String language,
        @Nullable String channel,
        @Nullable String preferredChannel) {

    /** A text about which nothing else is known. */
    public static Utterance of(String text) {
        return new Utterance(text, null, null, null);
    }
}
