package io.vigie.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.index.Highlight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PieceTest {
    private static final int ROUNDS = 2_000;

    @Test
    void aTextIsCutWhereSomethingBeginsOrEnds() {
        String text = "La panne dure, [EMAIL]";
        var themes = List.of(new Theme("network.outage", 0.9, List.of(new Evidence(3, 13))));

        var pieces = Piece.of(text, List.of(new Highlight(3, 8)), themes, List.of(new Piece.Range(0, text.length())));

        assertThat(pieces)
                .containsExactly(
                        new Piece("La ", false, false, List.of(), false),
                        new Piece("panne", true, false, List.of(0), false),
                        new Piece(" dure", false, false, List.of(0), false),
                        new Piece(", ", false, false, List.of(), false),
                        new Piece("[EMAIL]", false, true, List.of(), false));
    }

    @Test
    void aRangeOfAnotherTextIsLeftOut() {
        var themes =
                List.of(new Theme("x", 0.9, List.of(new Evidence(2, 99), new Evidence(-1, 2), new Evidence(3, 3))));

        var pieces = Piece.of("court", List.of(new Highlight(4, 50)), themes, List.of(new Piece.Range(0, 5)));

        assertThat(pieces).containsExactly(new Piece("court", false, false, List.of(), false));
    }

    @Test
    void whateverIsMarkedTheWholeTextIsThereOnce() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String text = text(random, 1 + random.nextInt(900));
            Verbatim verbatim = verbatim(text, themes(random, text.length()));
            List<Highlight> found = found(random, text.length());

            var whole = Piece.of(text, found, verbatim.getThemes(), List.of(new Piece.Range(0, text.length())));
            var shown = Snippet.of(verbatim, found);
            var cut = Piece.of(text, found, verbatim.getThemes(), shown);

            assertThat(joined(whole)).as("seed %d, round %d", seed, round).isEqualTo(text);
            assertThat(joined(cut))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(shown.stream()
                            .map(part -> text.substring(part.start(), part.end()))
                            .collect(Collectors.joining()));
            assertThat(shown).as("seed %d, round %d", seed, round).hasSizeBetween(1, Snippet.PARTS_MAX);
            for (int i = 1; i < shown.size(); i++) {
                assertThat(shown.get(i).start())
                        .as("seed %d, round %d", seed, round)
                        .isGreaterThan(shown.get(i - 1).end());
            }
        }
    }

    @Test
    void aLongTextIsShownAroundTheFirstWordThatWasFound() {
        String text = "mot ".repeat(200) + "girouette " + "mot ".repeat(200);
        int at = text.indexOf("girouette");

        var shown = Snippet.of(verbatim(text, List.of()), List.of(new Highlight(at, at + 9)));

        assertThat(shown).singleElement().satisfies(part -> {
            assertThat(text.substring(part.start(), part.end())).contains("girouette");
            assertThat(part.end() - part.start()).isLessThan(Snippet.WHOLE_MAX);
        });
    }

    private static String joined(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    private static String text(Random random, int length) {
        String signs = "abcdé   [X]'.,\ud83d\ude00";
        var text = new StringBuilder();
        while (text.length() < length) {
            int at = random.nextInt(signs.length());
            if (Character.isSurrogate(signs.charAt(at))) {
                text.append("\ud83d\ude00");
            } else {
                text.append(signs.charAt(at));
            }
        }
        return text.toString();
    }

    private static List<Theme> themes(Random random, int length) {
        var themes = new ArrayList<Theme>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int start = random.nextInt(length);
            themes.add(new Theme("t" + i, 0.5, List.of(new Evidence(start, start + 1 + random.nextInt(20)))));
        }
        return themes;
    }

    private static List<Highlight> found(Random random, int length) {
        var found = new ArrayList<Highlight>();
        for (int at = random.nextInt(60); at + 6 < length; at += 6 + random.nextInt(200)) {
            found.add(new Highlight(at, at + 5));
        }
        return found;
    }

    private static Verbatim verbatim(String text, List<Theme> themes) {
        return Verbatim.newBuilder()
                .setVerbatimId("v")
                .setEventId("e")
                .setKind(Kind.TICKET)
                .setConversationId("c")
                .setSource("test")
                .setOccurredAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .setOfferId("unassigned")
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText(text)
                .setRedactions(Map.of())
                .setIntent(Intent.OTHER)
                .setThemes(themes)
                .setSentiment(0)
                .setSeverity(0)
                .setChurnRisk(0)
                .setChannelMismatch(false)
                .setClassifier("test")
                .setSuperseded(List.of())
                .build();
    }
}
