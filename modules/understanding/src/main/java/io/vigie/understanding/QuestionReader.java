package io.vigie.understanding;

import io.vigie.understanding.QuestionTerms.Found;
import io.vigie.understanding.QuestionTerms.Weight;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Cuts the questions out of a text and finds out what each is about. Owned by one thread, for one question. */
final class QuestionReader {
    private static final Set<String> STOP = Set.of(
            // French
            "je",
            "tu",
            "il",
            "elle",
            "on",
            "nous",
            "vous",
            "ils",
            "elles",
            "me",
            "te",
            "se",
            "le",
            "la",
            "les",
            "un",
            "une",
            "des",
            "de",
            "du",
            "au",
            "aux",
            "et",
            "ou",
            "a",
            "en",
            "y",
            "ce",
            "cet",
            "cette",
            "ces",
            "mon",
            "ma",
            "mes",
            "ton",
            "ta",
            "tes",
            "son",
            "sa",
            "ses",
            "notre",
            "nos",
            "votre",
            "vos",
            "leur",
            "leurs",
            "que",
            "qui",
            "quoi",
            "dont",
            "si",
            "ne",
            "pas",
            "plus",
            "par",
            "pour",
            "sur",
            "sous",
            "dans",
            "avec",
            "sans",
            "est",
            "sont",
            "etre",
            "etes",
            "suis",
            "sera",
            "seront",
            "serait",
            "ai",
            "as",
            "avons",
            "avez",
            "ont",
            "avoir",
            "aura",
            "auront",
            "aurai",
            "peut",
            "peux",
            "peuvent",
            "pouvez",
            "puis",
            "pourra",
            "faut",
            "fait",
            "faire",
            "font",
            "t",
            "c",
            "d",
            "j",
            "l",
            "m",
            "n",
            "s",
            "qu",
            "quel",
            "quelle",
            "quels",
            "quelles",
            "quand",
            "comment",
            "combien",
            "pourquoi",
            "bonjour",
            "bonsoir",
            "merci",
            "svp",
            "aussi",
            "encore",
            "bien",
            "tres",
            "chez",
            "ici",
            "car",
            "donc",
            "alors",
            "mais",
            "cela",
            "ca",
            "possible",
            "offre",
            "savoir",
            "dire",
            "dois",
            // English
            "i",
            "you",
            "he",
            "she",
            "it",
            "we",
            "they",
            "my",
            "your",
            "our",
            "his",
            "her",
            "its",
            "their",
            "the",
            "an",
            "and",
            "or",
            "of",
            "to",
            "in",
            "at",
            "by",
            "for",
            "with",
            "without",
            "from",
            "is",
            "are",
            "am",
            "be",
            "been",
            "was",
            "were",
            "will",
            "would",
            "can",
            "could",
            "do",
            "does",
            "did",
            "have",
            "has",
            "had",
            "there",
            "this",
            "that",
            "these",
            "those",
            "what",
            "which",
            "when",
            "how",
            "why",
            "who",
            "where",
            "much",
            "many",
            "any",
            "some",
            "not",
            "no",
            "if",
            "get",
            "so",
            "too",
            "still",
            "please",
            "hello",
            "hi",
            "thanks",
            "way",
            "offer",
            "plan",
            "know",
            "tell");

    /** Capitals that are no names of techniques. */
    private static final Set<String> PLAIN_CAPITALS = Set.of(
            "OK", "SVP", "STP", "PS", "RE", "FAQ", "TTC", "HT", "SAV", "FAI", "SMS", "CGV", "PME", "TPE", "TV", "PC",
            "FR", "EN", "UK", "BONJOUR", "MERCI", "JE", "LE", "LA", "IP", "THE", "AND", "NOT", "IT", "NB", "MME", "CDT",
            "ASAP");

    /** Numbers before these are times, people or money and say nothing about the technique. */
    private static final Set<String> COUNTED = Set.of(
            "jour",
            "jours",
            "semaine",
            "semaines",
            "mois",
            "an",
            "ans",
            "annee",
            "annees",
            "heure",
            "heures",
            "h",
            "minute",
            "minutes",
            "min",
            "mn",
            "fois",
            "euro",
            "euros",
            "eur",
            "day",
            "days",
            "week",
            "weeks",
            "month",
            "months",
            "year",
            "years",
            "hour",
            "hours",
            "times",
            "time",
            "pounds",
            "personnes",
            "people",
            "salaries",
            "etudiants",
            "clients",
            "employees",
            "users",
            "go",
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre");

    private static final Pattern NUMBER =
            Pattern.compile("(\\d{1,5}(?:[.,]\\d{1,3})?)(?:g|gb|gbps|gbit|gbits|m|mb|mbps|mbit|mbits|k|kb)?");
    private static final Pattern CAPITALS = Pattern.compile("\\p{Lu}{2,6}");
    private static final Pattern MIXED = Pattern.compile("(?=.*\\d)(?=.*[a-z])[a-z0-9.]{2,12}");
    private static final int YEAR_MIN = 1990;
    private static final int YEAR_MAX = 2100;

    private final String text;
    private final Tokens tokens;
    private final List<Found> found;
    private final BitSet covered = new BitSet();
    private final SortedSet<String> rare = new TreeSet<>();
    private final SortedSet<String> common = new TreeSet<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, String> written = new LinkedHashMap<>();
    private boolean quantity;

    private QuestionReader(String text) {
        this.text = text;
        this.tokens = Tokenizer.words(text);
        this.found = QuestionTerms.standard().in(tokens, 0, tokens.count());
    }

    static List<TechnicalQuestion> read(String text, List<Span> technical) {
        var questions = new ArrayList<TechnicalQuestion>();
        SentenceSplitter.split(text, (from, until, mark) -> {
            if (questions.size() < TechnicalQuestion.QUESTIONS_MAX) {
                sentence(text.substring(from, until), mark, touches(technical, from, until))
                        .ifPresent(questions::add);
            }
        });
        return List.copyOf(questions);
    }

    static TechnicalQuestion one(String question) {
        return new QuestionReader(question).question();
    }

    private static boolean touches(List<Span> technical, int from, int until) {
        return technical.stream().anyMatch(span -> span.start() < until && span.end() > from);
    }

    private static Optional<TechnicalQuestion> sentence(String sentence, char mark, boolean technical) {
        String stripped = sentence.strip();
        if (stripped.isEmpty()) {
            return Optional.empty();
        }
        var reader = new QuestionReader(stripped);
        if (mark != '?' && !reader.asks()) {
            return Optional.empty();
        }
        var question = stripped.length() > TechnicalQuestion.CHARS_MAX ? one(reader.asking()) : reader.question();
        return question.rare() || technical ? Optional.of(question) : Optional.empty();
    }

    private boolean asks() {
        return found.stream().anyMatch(each -> each.term().name().equals("ask"));
    }

    /** The end of a sentence that never ends, from where something is asked. */
    private String asking() {
        int earliest = text.length() - TechnicalQuestion.CHARS_MAX;
        int from = found.stream()
                .filter(each -> each.term().name().equals("ask"))
                .mapToInt(each -> tokens.start(each.first(), false))
                .filter(start -> start >= earliest)
                .findFirst()
                .orElse(earliest);
        int space = from > earliest ? from : text.indexOf(' ', from) + 1;
        return text.substring(space > 0 ? space : from).strip();
    }

    /** What was written where a term of the question was found, in the order of the text. */
    static List<String> written(String question) {
        var reader = new QuestionReader(question);
        var read = reader.question();
        return reader.written.entrySet().stream()
                .filter(each -> read.terms().contains(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private TechnicalQuestion question() {
        for (Found each : found) {
            take(each);
        }
        boolean shouted = text.equals(text.toUpperCase(Locale.ROOT));
        for (int token = 0; token < tokens.count(); token++) {
            if (!covered.get(token)) {
                takeWord(token, shouted);
            }
        }
        found.forEach(each -> rare.removeAll(each.term().implied()));
        words.addAll(common);
        SortedSet<String> terms = rare.isEmpty() ? common : rare;
        String topic = aspect() + "|" + String.join("|", rare);
        return new TechnicalQuestion(text, Collections.unmodifiableSortedSet(terms), topic, !rare.isEmpty(), words);
    }

    private void take(Found each) {
        String name = each.term().name();
        if (each.term().weight() == Weight.ASKED) {
            asked.add(name);
            return;
        }
        covered.set(each.first(), each.last() + 1);
        written(each.first(), each.last(), name);
        if (each.term().weight() == Weight.COMMON) {
            common.add(name);
        } else {
            rare.add(name);
            quantity |= each.term().weight() == Weight.QUANTITY;
        }
    }

    private void takeWord(int token, boolean shouted) {
        String word = tokens.word(token, true);
        String written = text.substring(tokens.start(token, true), tokens.end(token));
        var number = NUMBER.matcher(word);
        if (number.matches()) {
            takeNumber(token, number.group(1).replace(',', '.'));
        } else if (MIXED.matcher(word).matches()) {
            rare.add(word);
            written(token, token, word);
        } else if (!shouted && CAPITALS.matcher(written).matches() && !PLAIN_CAPITALS.contains(written)) {
            rare.add(written);
            written(token, token, written);
        } else if (word.length() > 1 && !STOP.contains(word) && Character.isLetter(word.charAt(0))) {
            words.add(word.substring(0, Math.min(TechnicalQuestion.STEM, word.length())));
        }
    }

    /** A number says which one (port 443, /48, 2.5 Gb/s), unless it counts days, people or money, or is a year. */
    private void takeNumber(int token, String number) {
        boolean counts = token + 1 < tokens.count() && COUNTED.contains(tokens.word(token + 1, true));
        boolean year = number.length() == 4
                && number.indexOf('.') < 0
                && Integer.parseInt(number) >= YEAR_MIN
                && Integer.parseInt(number) <= YEAR_MAX;
        if (!counts && !year) {
            boolean port = isPort(token, number);
            String name = port ? "port " + number : number;
            rare.add(name);
            if (port) {
                written(token - 1, token, name);
            }
        }
    }

    private void written(int first, int last, String name) {
        written.putIfAbsent(text.substring(tokens.start(first, true), tokens.end(last)), name);
    }

    /** Not so « un port 10 gigabits ». */
    private boolean isPort(int token, String number) {
        boolean named = token > 0 && tokens.word(token - 1, true).startsWith("port");
        boolean speed = token + 1 < tokens.count()
                && found.stream()
                        .anyMatch(each ->
                                each.first() == token + 1 && each.term().name().equals("gigabit"));
        return named && !speed && number.indexOf('.') < 0;
    }

    /** What is asked of the terms. */
    private String aspect() {
        if (asked.contains("why")) {
            return "why";
        }
        if (asked.contains("price") || (!quantity && asksBare("combien") && !asked.contains("count"))) {
            return "price";
        }
        if (quantity) {
            return "what";
        }
        if (asked.contains("count")) {
            return "count";
        }
        if (asked.contains("when") || asksBare("quand") || asksBare("when")) {
            return "when";
        }
        boolean way = asked.contains("how") || asksBare("comment");
        return way && !asked.contains("possible") ? "how" : "what";
    }

    /** Whether a word stands where it asks: among the first two, or last. */
    private boolean asksBare(String word) {
        int last = tokens.count() - 1;
        for (int token : new int[] {0, 1, last}) {
            if (token >= 0 && token <= last && tokens.word(token, true).equals(word)) {
                return true;
            }
        }
        return false;
    }
}
