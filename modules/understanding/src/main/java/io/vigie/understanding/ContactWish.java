package io.vigie.understanding;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How and when a customer says he wants to be contacted: « ne m'appelez plus, par écrit », « appelez-moi après 18 h ».
 *
 * <p>The taxonomy's {@code channel_preference} says that a text is about this, which is enough to label it. To say that a
 * company went against a wish takes more: here a phrase must state the wish itself, so that « j'ai reçu votre offre par mail »
 * states none. Only French and English; nothing makes it throw.
 *
 * @param channel the channel wanted; empty when none is stated
 * @param window the hours wanted; empty when none is stated
 */
public record ContactWish(Optional<Wanted> channel, Optional<Window> window) {
    private static final ContactWish NONE = new ContactWish(Optional.empty(), Optional.empty());

    /** What is wanted; {@code WRITING} is satisfied by all but a call or a visit. */
    public enum Wanted {
        WRITING,
        EMAIL,
        SMS,
        LETTER,
        CHAT,
        PHONE
    }

    /**
     * Hours of every day.
     *
     * @param from included
     * @param to not included; midnight stands for the end of the day
     */
    public record Window(LocalTime from, LocalTime to) {
        public boolean holds(LocalTime time) {
            return !time.isBefore(from) && (to.equals(LocalTime.MIDNIGHT) || time.isBefore(to));
        }
    }

    private record Channeled(Pattern pattern, Wanted wanted) {
        static Channeled of(String pattern, Wanted wanted) {
            return new Channeled(Pattern.compile("(?<= )(?:" + pattern + ")(?= )"), wanted);
        }
    }

    private interface Hours {
        Window window(LocalTime first, LocalTime second);
    }

    private record Timed(Pattern pattern, Hours hours) {
        static Timed of(String pattern, Hours hours) {
            return new Timed(Pattern.compile("(?<= )(?:" + pattern + ")(?= )"), hours);
        }
    }

    /** How words begin that speak of being contacted; no channel is wished without one, and hours only in few words. */
    private static final Set<String> TRACES =
            Set.of(("appe rappe telep phon joign joind conta ecri repo mail email e-ma courr"
                            + " sms text texto writ repl answ chat tchat lettr lette post call ring reach avail disp libr messa prev"
                            + " coup demar")
                    .split(" ", -1));
    /** How words begin that speak of hours; no hours are wished without one, or a digit. */
    private static final Set<String> HOUR_TRACES =
            Set.of("midi", "noon", "mati", "morn", "after", "journ", "day", "heure", "soir", "even");

    private static final int FEW_WORDS_CHARS = 60;
    private static final int TRACE_MIN = 3;
    private static final int TRACE_MAX = 5;
    private static final int TEXT_CHARS_MAX = 20_000;

    private static final String BY = "(?:par |by |via |in |through )(?:an |a |un |une )?";
    private static final String WISH =
            "(?:je (?:prefere|prefererais|souhaite|souhaiterais|veux|voudrais|desire)|nous (?:preferons|souhaitons|voulons)"
                    + "|j' aimerais|merci de (?:me |m' |nous )?(?:\\w+ )?|veuillez (?:me |m' |nous )?(?:\\w+ )?"
                    + "|(?:contactez|repondez|ecrivez|joignez|recontactez|prevenez)(?: (?:moi|nous))"
                    + "|(?:me|m'|nous) (?:contacter|repondre|joindre|recontacter|ecrire)|i(?:'d| would)? (?:prefer|like|want)|i only want"
                    + "|please (?:contact|reply|write|answer|reach|get in touch)(?: (?:to )?(?:me|us))?"
                    + "|(?:contact|write to|reach) (?:me|us))";
    private static final String ONLY =
            "(?:uniquement|seulement|exclusivement|de preference|plutot|only|instead|preferably|svp|please"
                    + "|s' il vous plait)";
    private static final String NO_CALLS =
            "ne (?:m'|me|nous) (?:r?appelez|telephonez|contactez)(?: surtout)? (?:plus|pas)(?! (?:avant|apres"
                    + "|le |en |entre|demain|ce |si ))|(?:arretez|cessez) de (?:m'|me|nous) (?:r?appeler|telephoner)"
                    + "|je ne (?:veux|souhaite) (?:plus|pas) (?:etre|qu' on m'|que vous m'|de|d') ?(?:r?appel\\w*|contactee? par telephone|demarchee?)"
                    + "|(?:plus|pas) (?:d' appels?(?: telephoniques?)?|de coups de (?:fil|telephone)|par telephone)"
                    + "|(?:do not|don't|never|stop) (?:call|phone|ring|calling|phoning|ringing) (?:me|us)(?! (?:before|after|in the|at|on))"
                    + "|no (?:more )?(?:phone )?calls";
    private static final List<Channeled> CHANNELS = List.of(
            Channeled.of(wished("sms|texto|textos|text|text message"), Wanted.SMS),
            Channeled.of(wished("mails?|e mails?|emails?|courriels?"), Wanted.EMAIL),
            Channeled.of(wished("courrier(?: postal)?|lettre|letter|post"), Wanted.LETTER),
            Channeled.of(wished("chat|tchat"), Wanted.CHAT),
            Channeled.of(wished("ecrit|writing|message|messagerie"), Wanted.WRITING),
            Channeled.of(NO_CALLS, Wanted.WRITING),
            Channeled.of(
                    wished("telephone|phone") + "|(?:r?appelez|telephonez) (?:moi|nous)(?: plutot)?"
                            + "|je (?:prefere|veux|souhaite) (?:etre r?appelee?|qu' on m' r?appelle|le telephone)"
                            + "|(?:please )?(?:call|ring|phone) me(?: back)?",
                    Wanted.PHONE));

    private static final String TIME = "(\\d{1,2}(?::\\d\\d)?(?: ?h(?:eures?)?(?: ?\\d\\d)?| ?[ap]m)?|midi|noon)";
    private static final List<Timed> WINDOWS = List.of(
            Timed.of("(?:entre|between|de) " + TIME + " (?:et|and|a|to) " + TIME, Window::new),
            Timed.of(
                    "(?:pas|jamais|not|never)(?: (?:m'|me) appeler)? (?:avant|before) " + TIME,
                    (time, none) -> new Window(time, LocalTime.MIDNIGHT)),
            Timed.of(
                    "(?:pas|jamais|not|never) (?:apres|after) " + TIME,
                    (time, none) -> new Window(LocalTime.MIDNIGHT, time)),
            Timed.of("(?:apres|a partir de|after|from) " + TIME, (time, none) -> new Window(time, LocalTime.MIDNIGHT)),
            Timed.of("(?:avant|before) " + TIME, (time, none) -> new Window(LocalTime.MIDNIGHT, time)),
            Timed.of(
                    "(?:pas|jamais|not|never) (?:le matin|en matinee|in the mornings?)",
                    (time, none) -> new Window(LocalTime.NOON, LocalTime.MIDNIGHT)),
            Timed.of(
                    "(?:pas|jamais|not|never) (?:l' apres midi|in the afternoons?)",
                    (time, none) -> new Window(LocalTime.MIDNIGHT, LocalTime.NOON)),
            Timed.of(
                    "(?:pas|jamais|not|never) (?:en journee|la journee|during the day|pendant (?:la journee|mes heures de travail))",
                    (time, none) -> new Window(Deadlines.DAY_END, LocalTime.MIDNIGHT)),
            Timed.of(
                    "(?:pas|jamais|not|never) (?:le soir|en soiree|in the evenings?)",
                    (time, none) -> new Window(LocalTime.MIDNIGHT, Deadlines.DAY_END)),
            Timed.of(
                    "(?:le matin|en matinee) (?:uniquement|seulement|de preference)|(?:in the )?mornings? only|only in the mornings?"
                            + "|(?:uniquement|seulement) le matin",
                    (time, none) -> new Window(LocalTime.MIDNIGHT, LocalTime.NOON)),
            Timed.of(
                    "(?:l' apres midi) (?:uniquement|seulement|de preference)|(?:in the )?afternoons? only|only in the afternoons?"
                            + "|(?:uniquement|seulement) l' apres midi",
                    (time, none) -> new Window(LocalTime.NOON, Deadlines.DAY_END)),
            Timed.of(
                    "(?:le soir|en soiree) (?:uniquement|seulement|de preference)|(?:in the )?evenings? only|only in the evenings?"
                            + "|(?:uniquement|seulement) le soir",
                    (time, none) -> new Window(Deadlines.DAY_END, LocalTime.MIDNIGHT)));
    /** That the hours are for being contacted; without it, a sentence must say nothing else. */
    private static final Pattern CONTACT = Pattern.compile(
            " (?:r?appelez|r?appeler|r?appel|telephonez|telephoner|joignable|joindre|joignez|contacte[rz]|contactee?|appels|disponible|dispo"
                    + "|coups? de fil|libre|call|calls|calling|ring|phone|reach|reached|reachable|contact|available) ");

    private static final Pattern NOTHING_ELSE = Pattern.compile(
            " (?:(?:je suis|uniquement|seulement|svp|merci|s' il (?:vous|te) plait|plutot|de preference|please|only|thanks|toujours|,|pour me|moi"
                    + "|mais|et|possible|si) )*");
    /** Of one day, or of the past: no wish for ever. */
    private static final Pattern ONCE = Pattern.compile(
            " (?:demain|aujourd'hui|ce (?:soir|matin)|cet|cette|lundi|mardi|mercredi|jeudi"
                    + "|vendredi|samedi|dimanche|hier|tomorrow|today|tonight|this|yesterday|monday|tuesday|wednesday|thursday|friday"
                    + "|saturday|sunday|(?:avez|a|ont|ai|etait|ete) (?:\\w+ )?(?:r?appelee?s?|telephone|contactee?s?)|called|rang|phoned|recu|received) ");

    private static String wished(String words) {
        return WISH + "(?: (?!ne |pas |n' |not )[\\w']+){0,4}? " + BY + "(?:" + words + ")"
                + "|(?:je (?:prefere|prefererais)|nous preferons|i(?:'d| would)? prefer) (?:un |une |le |la |les |des |an |a )?(?:"
                + words
                + ")|" + ONLY + " (?:" + BY + ")?(?:" + words + ")|" + BY + "(?:" + words + ") " + ONLY;
    }

    /** Whether a text states a wish of its own: the last one of each kind counts. */
    public static ContactWish in(String text) {
        String read = text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) : text;
        if (read.isBlank()) {
            return NONE;
        }
        Optional<Wanted> channel = Optional.empty();
        Optional<Window> window = Optional.empty();
        for (PlainSentence sentence : PlainSentence.of(read)) {
            if (!sentence.asks()) {
                boolean contact = speaksOfContact(sentence);
                if (contact) {
                    channel = channel(sentence.plain()).or(optional(channel));
                }
                if ((contact || sentence.plain().length() <= FEW_WORDS_CHARS) && speaksOfHours(sentence)) {
                    window = window(sentence.plain()).or(optional(window));
                }
            }
        }
        return new ContactWish(channel, window);
    }

    static boolean speaksOfContact(PlainSentence sentence) {
        return sentence.anyWord(word -> startsWithAny(word, TRACES));
    }

    static boolean speaksOfHours(PlainSentence sentence) {
        return sentence.plain().chars().anyMatch(Character::isDigit)
                || sentence.anyWord(word -> startsWithAny(word, HOUR_TRACES));
    }

    private static boolean startsWithAny(String word, Set<String> traces) {
        for (int length = TRACE_MIN; length <= Math.min(TRACE_MAX, word.length()); length++) {
            if (traces.contains(word.substring(0, length))) {
                return true;
            }
        }
        return false;
    }

    private static <T> Supplier<Optional<T>> optional(Optional<T> value) {
        return () -> value;
    }

    /** Of one plain sentence, whatever it speaks of. */
    static Optional<Wanted> channel(String plain) {
        for (Channeled each : CHANNELS) {
            if (each.pattern().matcher(plain).find()) {
                return Optional.of(each.wanted());
            }
        }
        return Optional.empty();
    }

    /** Of one plain sentence, whatever it speaks of. */
    static Optional<Window> window(String plain) {
        if (ONCE.matcher(plain).find()) {
            return Optional.empty();
        }
        for (Timed each : WINDOWS) {
            Matcher found = each.pattern().matcher(plain);
            if (found.find() && isForContact(plain, found)) {
                Optional<LocalTime> first = time(found, 1);
                Optional<LocalTime> second = time(found, 2);
                boolean readable = found.groupCount() == (first.isPresent() ? 1 : 0) + (second.isPresent() ? 1 : 0);
                if (readable) {
                    return Optional.of(
                            each.hours().window(first.orElse(LocalTime.MIDNIGHT), second.orElse(LocalTime.MIDNIGHT)));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isForContact(String plain, Matcher found) {
        String rest = plain.substring(0, found.start()) + plain.substring(found.end() + 1);
        return CONTACT.matcher(plain).find() || NOTHING_ELSE.matcher(rest).matches();
    }

    private static Optional<LocalTime> time(Matcher found, int group) {
        if (found.groupCount() < group) {
            return Optional.empty();
        }
        String written = found.group(group);
        if (written.equals("midi") || written.equals("noon")) {
            return Optional.of(LocalTime.NOON);
        }
        String[] numbers = written.strip().split("\\D+", -1);
        int hour = Integer.parseInt(numbers[0]) % (written.endsWith("m") ? 12 : 24) + (written.endsWith("pm") ? 12 : 0);
        int minute = numbers.length > 1 && !numbers[1].isEmpty() ? Integer.parseInt(numbers[1]) : 0;
        boolean valid = Integer.parseInt(numbers[0]) <= 24 && minute < 60;
        return valid ? Optional.of(LocalTime.of(hour, minute)) : Optional.empty();
    }
}
