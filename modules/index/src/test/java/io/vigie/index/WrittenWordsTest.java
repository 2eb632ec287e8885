package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is found as it is written, and marked where it stands. */
class WrittenWordsTest {
    private final VerbatimIndex index;

    WrittenWordsTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            offre              | L'[OFFRE], l’[offre] et l´[offre] de l`[Offre]
            l’offre            | l'[offre] du mois
            l' offre           | L' [OFFRE], l’« [offre] » et d’1 [offre]
            "de l' offre"      | [de] l'[offre], [de] L’ [OFFRE]
            Pass               | mon [pass], pas ton [Pass]
            abord              | D’[ABORD], d'[abord]
            à                  | Jusqu'[à] demain, JUSQU’[À] lundi
            aujourd'hui        | [Aujourd’hui] ou [aujourd´hui], pas hui
            aujourd’hui        | [AUJOURD'HUI] ou [aujourdʼhui]
            l'été              | L'[ETE] et l’[été] de 2025
            école              | 🏫 l’[École] 😀 d’[ecole] 👩‍🏫 l'[école]
            cœurs              | [cœurs] et [COEURS] ; le [cœurs]
            fibre              | 𝄞 la [ﬁbre] et l'[fibre]
            C++                | C, C# et [C++]
            C#                 | C++, C et [C#].
            C                  | [C], [C]# et [C]++
            c++                | [C++], ([C++]) [C++].
            C++11              | le [C++][11] et le C++
            "C++ et Java"      | [C++] [et] [Java]
            "C et Java"        | [C]++ [et] [Java]
            "« Cloud ++ »"     | l'offre « [Cloud ++] », puis [Cloud++], sans Cloud ni Cloud +
            « Cloud ++ »       | l’offre [cloud ++]
            Cloud++            | [Cloud ++] ; le cloud
            cloud              | [Cloud] ++ et [Cloud]++ et [cloud]
            4G+                | la 4G, la [4G+], la 4g +
            4G                 | la [4G], la [4G]+, la 5G
            .NET               | du [.NET] (ou [.net]), le net et ASP.NET
            net                | du .[NET], le [net] et ASP.[NET]
            R&D                | la [R&D], la R ou la D
            AT&T               | [AT&T] et T
            B&You              | chez [B&You], You
            ONT                | ils ont changé l’[ONT] et mon [ONT]
            ont                | ils [ont] changé l'[ONT]
            IT                 | it is the [IT] team
            SFP                | le [sfp] et le [SFP]
            IPv6               | [ipv6] et [IPV6], pas IPv4
            FTTH               | la [ftth], [FTTH]
            B2B                | [B2B], [b2b], B2C
            5G                 | [5g]
            3,5                | [3,5] ou [3.5], pas 3 ni 5
            3.5                | [3,5] ou [3.5]
            1Gb/s              | [1Gb]/[s] et [1gb]/[S]
            wifi               | le [Wi-Fi], le [wi‑fi], le [WIFI], pas wi-max
            Wi-Fi              | le [Wi-Fi], le [wifi], le [Wi] [Fi]
            email              | un [e-mail], des [e-mails], deux [emails]
            e-mails            | un [email], un [e-mail]
            rendez-vous        | un [rendez]-[vous], un [rendez] [vous]
            est-ce             | [est]-[ce] normal
            "pas de réponse"   | Toujours [pas] [de] [réponse], et la réponse
            "plus rien"        | ne [plus] [rien] dire, plus de rien
            "sans réponse"     | [SANS] [RÉPONSE] depuis
            jamais             | [jamais], au grand [JAMAIS]
            ne                 | ça [ne] va pas
            "not working"      | it is [not] [working], no, working not
            don't              | I [don’t] know, [DON'T]
            customer           | the [customer]’s [CUSTOMER]
            réponse            | pas de [réponse] ? Sans [reponse] !
            S.A.V              | le [SAV], le [S.A.V]. du [sav]
            E.D.F              | [É.D.F]. et [EDF]
            """)
    void aWordIsFoundAsItIsWrittenInEveryNormalForm(String query, String marked) throws IOException {
        for (var language : List.of("fr", "en")) {
            for (var form : List.of(Form.NFC, Form.NFD)) {
                put(language + form, language, Normalizer.normalize(marked.replaceAll("[\\[\\]]", ""), form));
            }
        }
        index.refresh();

        for (var form : List.of(Form.NFC, Form.NFD)) {
            var hits = search(Normalizer.normalize(query, form)).hits();
            assertThat(hits.stream().map(hit -> Normalizer.normalize(mark(hit), Form.NFC)))
                    .hasSize(4)
                    .containsOnly(Normalizer.normalize(marked, Form.NFC));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            C++             | je code en C
            C++             | je code en C# ou en C+
            C#              | je code en C++
            4G+             | la 4G + la TV
            4G+             | 4G
            1+              | 1+1 font deux
            .NET            | c'est net. Net et sans bavure.
            .fr             | La fin.Fr
            génial+++       | génial++++
            "Cloud ++"      | le cloud et le cloud + la box
            R&D             | R D
            R&D             | R&amp;D
            ONT             | ils ont raison
            hui             | aujourd’hui
            estce           | est-ce que
            cestàdire       | c'est-à-dire
            box6            | box-6
            pas             | il est passé
            offre           | l'offreur
            3,5             | 35
            """)
    void otherWordsAreNotFound(String query, String text) throws IOException {
        put("a", "fr", text);
        index.refresh();

        assertThat(search(query).total()).isZero();
    }

    @Test
    void aNameStandsInThePlaceOfItsWord() throws IOException {
        put("a", "fr", "Mon option Cloud ++ du Wi-Fi R&D avec l'ONT ne marche plus");
        index.refresh();

        for (String phrase : List.of(
                "option cloud du wi fi r d avec ont ne marche plus",
                "option Cloud++ du",
                "cloud ++ du wi-fi R&D avec l’ONT ne",
                "du wifi")) {
            assertThat(search('"' + phrase + '"').total()).as(phrase).isEqualTo(1);
        }
    }

    @Test
    void aTextIsFoundByFormsOfItsOwnLanguage() throws IOException {
        put("fr", "fr", "mes factures et les remboursements");
        put("en", "en", "my bills and refunds");
        index.refresh();

        assertThat(search("facture remboursement").total()).isEqualTo(1);
        assertThat(search("bill refund").total()).isEqualTo(1);
        assertThat(search("bill OU facture").total()).isEqualTo(2);
    }

    /** How a word can be written, with the range that is marked when each of the names it has is searched. */
    private record Spelling(String query, String name, Map<String, String> marked) {
        static Spelling of(String marked, String name) {
            return new Spelling(plain(marked), name, Map.of(name, marked));
        }

        static Spelling of(String marked, String name, String markedToo, String nameToo) {
            return new Spelling(plain(marked), name, Map.of(name, marked, nameToo, markedToo));
        }

        private static String plain(String marked) {
            return marked.replaceAll("[\\[\\]]", "");
        }
    }

    private static final List<Spelling> SPELLINGS = List.of(
            Spelling.of("l’[offre]", "offre"),
            Spelling.of("L'[OFFRE]", "offre"),
            Spelling.of("[Offre]", "offre"),
            Spelling.of("d´[été]", "ete"),
            Spelling.of("[ETE]", "ete"),
            Spelling.of("jusqu’[à]", "a"),
            Spelling.of("qu'[a]", "a"),
            Spelling.of("[Wi-Fi]", "wifi"),
            Spelling.of("[WIFI]", "wifi"),
            Spelling.of("l'[e-mail]", "email"),
            Spelling.of("[email]", "email"),
            Spelling.of("[Noël]", "noel"),
            Spelling.of("[noel]", "noel"),
            Spelling.of("[cœur]", "coeur"),
            Spelling.of("[COEUR]", "coeur"),
            Spelling.of("[ﬁbré]", "fibre"),
            Spelling.of("[fibre]", "fibre"),
            Spelling.of("[aujourd’hui]", "aujourd'hui"),
            Spelling.of("[Aujourd'hui]", "aujourd'hui"),
            Spelling.of("[C++]", "c++", "[C]++", "c"),
            Spelling.of("[c#]", "c#", "[c]#", "c"),
            Spelling.of("[C]", "c"),
            Spelling.of("[4G+]", "4g+", "[4G]+", "4g"),
            Spelling.of("[4g]", "4g"),
            Spelling.of("[Télé ++]", "tele++", "[Télé] ++", "tele"),
            Spelling.of("[Télé++]", "tele++", "[Télé]++", "tele"),
            Spelling.of("[tele]", "tele"),
            Spelling.of("[.NET]", ".net", ".[NET]", "net"),
            Spelling.of("[Net]", "net"),
            Spelling.of("l'[ONT]", "ONT", "l'[ONT]", "ont"),
            Spelling.of("[ont]", "ont"),
            Spelling.of("[R&D]", "r&d"),
            Spelling.of("[3,5]", "3.5"),
            Spelling.of("[3.5]", "3.5"),
            Spelling.of("[pas]", "pas"),
            Spelling.of("[not]", "not"),
            Spelling.of("[😀]", "😀"),
            Spelling.of("[𠮷]", "𠮷"));

    private static final List<String> BETWEEN =
            List.of(" ", " ", " ", ", ", " ! ", "\u00a0; ", "\n", " — ", " 🙏🏽 ", " (", ") ", " 👩‍👧 ", "\u202f? ");

    @RepeatedTest(60)
    void everyWordFindsItsTextsAndMarksExactlyItself() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var texts = new ArrayList<List<Spelling>>();
        var forms = new ArrayList<Form>();
        var between = new ArrayList<List<String>>();
        int size = 20;
        for (int i = 0; i < size; i++) {
            var words = new ArrayList<Spelling>();
            var separators = new ArrayList<String>();
            for (int n = 1 + random.nextInt(12); n > 0; n--) {
                words.add(any(SPELLINGS, random));
                separators.add(any(BETWEEN, random));
            }
            texts.add(words);
            between.add(separators);
            forms.add(random.nextBoolean() ? Form.NFC : Form.NFD);
            String text = text("", words, separators);
            put("id" + i, random.nextBoolean() ? "fr" : "en", Normalizer.normalize(text, forms.get(i)));
        }
        index.refresh();

        for (var asked : texts.stream().flatMap(List::stream).distinct().toList()) {
            var query = Normalizer.normalize(asked.query(), random.nextBoolean() ? Form.NFC : Form.NFD);
            var expected = new ArrayList<String>();
            for (int i = 0; i < size; i++) {
                if (texts.get(i).stream().anyMatch(word -> word.marked().containsKey(asked.name()))) {
                    expected.add(Normalizer.normalize(text(asked.name(), texts.get(i), between.get(i)), forms.get(i)));
                }
            }
            assertThat(search(query.contains(" ") ? '"' + query + '"' : query).hits().stream()
                            .map(WrittenWordsTest::mark))
                    .as("%s -Dseed=%d", query, seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String text(String name, List<Spelling> words, List<String> between) {
        var text = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            text.append(word.marked().getOrDefault(name, word.query())).append(between.get(i));
        }
        return text.toString();
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private void put(String id, String language, String text) throws IOException {
        index.put(draft(id, text).setLanguage(language).build());
    }

    private SearchResult search(String query) throws IOException {
        return (SearchResult) index.search(SearchRequest.of(query).withSize(100));
    }

    private static String mark(Hit hit) {
        var marked = new StringBuilder(hit.verbatim().getText());
        for (var highlight : hit.highlights().reversed()) {
            marked.insert(highlight.end(), ']').insert(highlight.start(), '[');
        }
        return marked.toString();
    }
}
