package io.vigie.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts as customers write them: sentences of a fixed stock with their gaps filled. The seed decides; one thread. */
final class Speech {
    static final String FRENCH = "fr";
    static final String ENGLISH = "en";

    private static final Map<String, List<String>> SENTENCES =
            Map.of(FRENCH, stock("sentences_fr.txt"), ENGLISH, stock("sentences_en.txt"));
    private static final Pattern GAP = Pattern.compile("\\{([^}]+)}");
    private static final List<String> TOWNS = List.of(
            "Guéret", "Nantes", "Lyon", "Brest", "Pau", "Albi", "Rodez", "Vannes", "Troyes", "Nîmes", "Lille", "Metz",
            "Dole", "Laon", "Sète", "Gap", "Auch", "Foix", "Cahors", "Bourges", "Angers", "Cholet", "Quimper",
            "Évreux");
    private static final List<String> STREETS = List.of(
            "Pasteur", "Voltaire", "Lamartine", "Molière", "Daumier", "Ampère", "Jaurès", "Mirabeau", "Berlioz");
    private static final List<String> NAMES =
            List.of("Inès", "Karim", "Léa", "Thomas", "Aïcha", "Hugo", "Maëlle", "Nora", "Félix", "Solène", "Yanis");
    private static final List<String> MONTHS =
            List.of("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre");
    private static final List<String> MONTHS_ENGLISH =
            List.of("January", "February", "March", "April", "May", "June", "July", "August", "September");
    private static final List<String> DURATIONS =
            List.of("deux jours", "une semaine", "dix jours", "trois semaines", "un mois", "deux ans");
    private static final List<String> DURATIONS_ENGLISH =
            List.of("two days", "a week", "ten days", "three weeks", "a month", "two years");
    private static final List<String> EQUIPMENT = List.of("Altaïr", "Véga", "Mira", "Rigel", "Deneb", "Polaris");

    private final RandomGenerator random;

    Speech(RandomGenerator random) {
        this.random = random;
    }

    /** So many sentences of one language. */
    String say(String language, int sentences) {
        List<String> stock = Objects.requireNonNull(SENTENCES.get(language));
        var text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            String sentence = stock.get(random.nextInt(stock.size()));
            text.append(i == 0 ? "" : " ").append(GAP.matcher(sentence).replaceAll(this::filled));
        }
        return text.toString();
    }

    private String filled(MatchResult gap) {
        return Matcher.quoteReplacement(
                switch (gap.group(1)) {
                    case "ville" -> any(TOWNS);
                    case "rue" -> any(STREETS);
                    case "prénom" -> any(NAMES);
                    case "mois" -> any(MONTHS);
                    case "mois_en" -> any(MONTHS_ENGLISH);
                    case "durée" -> any(DURATIONS);
                    case "durée_en" -> any(DURATIONS_ENGLISH);
                    case "équipement" -> any(EQUIPMENT);
                    case "offre" -> any(Events.OFFER_NAMES);
                    case "code" -> "E" + number(1_000, 9_000);
                    case "port" -> number(20, 9_000);
                    case "montant", "minutes", "débit" -> number(5, 95);
                    case "heure" -> number(17, 23);
                    case "jour", "chaîne" -> number(2, 28);
                    case "deux" -> number(10, 99);
                    default -> throw new IllegalStateException("unknown gap " + gap.group());
                });
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private String number(int from, int to) {
        return Integer.toString(random.nextInt(from, to));
    }

    private static List<String> stock(String file) {
        try (InputStream in = Objects.requireNonNull(Speech.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
