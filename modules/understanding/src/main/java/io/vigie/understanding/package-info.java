/**
 * Text in, understanding out: personal data removed, language, intent, themes with the words that earned them,
 * sentiment, severity, churn risk, and the offer a text speaks of.
 *
 * <p>{@link io.vigie.understanding.Engine} is the face; it is immutable, so every thread may share one. A text goes one
 * way: redaction, sentences and words, language, one walk of the words through the compiled cues, and the decisions
 * taken from what was found. All offsets are UTF-16 offsets in the redacted text. Time is linear in the length of the
 * text and does not depend on the number of cues, only on what they find. No text makes it throw.
 *
 * <p>{@link io.vigie.understanding.OfferCatalogue} is the one mutable part, and says how it may be shared.
 */
@NullMarked
package io.vigie.understanding;

import org.jspecify.annotations.NullMarked;
