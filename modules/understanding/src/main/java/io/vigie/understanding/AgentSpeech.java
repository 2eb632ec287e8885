package io.vigie.understanding;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Listens to what an agent says to a customer: dated promises (« je vous dirai ça avant vendredi »), and answers that say
 * nothing (« c'est prévu plus tard »). French and English, in time linear in the length of the text; nothing makes it
 * throw. Immutable. What counts as a promise, and when it is due, is in docs/contacts.md.
 */
public final class AgentSpeech {
    /** What is read of a text at most. */
    static final int TEXT_CHARS_MAX = 20_000;
    /** What is kept of the sentence that holds a promise. */
    static final int PROMISE_CHARS_MAX = 300;
    /** How many promises one text can hold. */
    static final int PROMISES_MAX = 10;

    /** Without one of these words, or a number, a sentence has neither a deadline nor a vague answer. */
    private static final Set<String> TRACES =
            Set.of(("demain tomorrow tonight today aujourd'hui eod cob eow eta lundi mardi mercredi"
                            + " jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday tue tues wed thu"
                            + " thur thurs fri janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
                            + " january february march april may june july august september october november december jan janv feb fev"
                            + " fevr apr jun jul aug sept oct nov dec jour jours journee day days heure heures heurs h hour hours hr hrs"
                            + " minute minutes min mins mn semaine semaines week weeks weekend mois month months fortnight quinzaine"
                            + " huitaine annee year soir soiree evening matin matinee morning midi noon midday aprem afternoon"
                            + " tard later soon date dates delai delais echeance calendrier timeline timeframe visibilite visibility"
                            + " information informations prochainement ulterieurement temps avenir possible vite future course point"
                            + " time we can")
                    .split(" ", -1));

    private final ZoneId zone;

    /** @param zone in which « vendredi » and « 18 h » are meant */
    public AgentSpeech(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * What an agent said.
     *
     * @param promises in the order of the text
     * @param vague whether a question was put off without a date, and nothing dated was promised
     */
    public record Spoken(List<Promised> promises, boolean vague) {
        static final Spoken NOTHING = new Spoken(List.of(), false);

        public Spoken {
            promises = List.copyOf(promises);
        }
    }

    /**
     * A promise with a date.
     *
     * @param text the sentence, without personal data, at most {@value #PROMISE_CHARS_MAX} chars of it
     * @param sentence where it stands in the redacted text
     * @param dueAt after the time it was said
     */
    public record Promised(String text, Span sentence, Instant dueAt) {}

    /**
     * Reads the words of one agent in one event.
     *
     * @param text any text, personal data and all
     * @param at when it was said
     */
    public Spoken listen(String text, Instant at) {
        String read = text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) : text;
        if (PlainSentence.of(read).stream().noneMatch(AgentSpeech::mayMatter)) {
            return Spoken.NOTHING;
        }
        String redacted = Redactor.redact(read).text();
        var deadlines = new Deadlines(at.atZone(zone));
        var promises = new ArrayList<Promised>();
        boolean vague = false;
        for (PlainSentence sentence : PlainSentence.of(redacted)) {
            if (promises.size() < PROMISES_MAX && mayMatter(sentence)) {
                for (Instant due : Commitment.in(sentence.plain(), deadlines)) {
                    promises.add(promised(redacted, sentence, due));
                }
                vague |= VagueAnswer.in(sentence.plain());
            }
        }
        return new Spoken(promises, vague && promises.isEmpty());
    }

    private static boolean mayMatter(PlainSentence sentence) {
        return !sentence.asks() && sentence.anyWord(word -> TRACES.contains(word) || Character.isDigit(word.charAt(0)));
    }

    private static Promised promised(String text, PlainSentence sentence, Instant due) {
        int end = Math.min(sentence.end(), sentence.start() + PROMISE_CHARS_MAX);
        if (end < sentence.end() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return new Promised(text.substring(sentence.start(), end), new Span(sentence.start(), sentence.end()), due);
    }
}
