package io.vigie.understanding;

import java.util.List;
import java.util.Map;

/**
 * What the engine made of an utterance.
 *
 * @param text the text with personal data replaced by {@code [EMAIL]}, {@code [PHONE]} and so on, one word for each kind
 * @param language {@code fr}, {@code en} or {@code und}
 * @param intent what the customer wants
 * @param themes the leaves found, best first; empty when neither a cue nor the model finds one
 * @param sentiment in [-1, 1]; 0 when there is no sign of any
 * @param severity 0 (none) to 4 (legal, safety, fraud)
 * @param churnRisk in [0, 1]
 * @param channelMismatch whether the customer was contacted otherwise than asked
 * @param redactions how many placeholders were put in, by {@code EMAIL}, {@code PHONE}, {@code IBAN}, {@code CARD},
 *     {@code NIR} (French social security number), {@code ADDRESS}, {@code BIRTHDATE}, {@code NAME}, {@code IP},
 *     {@code MAC}, {@code PLATE}, {@code CUSTOMER} (number of a customer, an account or a contract); kinds that were not found are absent
 * @param classifier the version of rules, model and taxonomy that said all this
 */
public record Understood(
        String text,
        String language,
        Intent intent,
        List<Theme> themes,
        double sentiment,
        int severity,
        double churnRisk,
        boolean channelMismatch,
        Map<String, Integer> redactions,
        String classifier) {

    public Understood {
        themes = List.copyOf(themes);
        redactions = Map.copyOf(redactions);
    }
}
