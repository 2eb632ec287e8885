package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vigie.index.Refused.Reason;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            facture box                      => (facture & box)
            facture AND box                  => (facture & box)
            facture ET box                   => (facture & box)
            facture && box                   => (facture & box)
            facture&&box                     => (facture & box)
            facture OR box                   => (facture | box)
            facture OU box                   => (facture | box)
            facture || box                   => (facture | box)
            a b OR c d                       => ((a & b) | (c & d))
            a (b OR c)                       => (a & (b | c))
            a AND(b OR c)                    => (a & (b | c))
            box -fibre                       => (box & !fibre)
            box NOT fibre                    => (box & !fibre)
            box SAUF fibre                   => (box & !fibre)
            box -"port 25"                   => (box & !"port 25")
            box -(a OU b)                    => (box & !(a | b))
            NOT NOT box                      => box
            -box                             => !box
            +box facture                     => (box & facture)
            "port 25"                        => "port 25"
            "box panne"~3                    => "box panne"~3
            «port 25»                        => "port 25"
            “port 25”                        => "port 25"
            factur*                          => factur*
            factrue~                         => factrue~
            factrue~1                        => factrue~1
            *                                => all
            *:*                              => all
            offer:fibre-pro                  => offer=fibre-pro
            offre:fibre-pro                  => offer=fibre-pro
            Offre : fibre                    => (Offre & : & fibre)
            offre: fibre                     => offer=fibre
            thème:network.outage             => theme=network.outage
            theme:network.*                  => theme=network.*
            intention:complaint              => intent=complaint
            type:call langue:fr              => (kind=call & lang=fr)
            canal:(email OU sms)             => (channel=email | channel=sms)
            offer:"fibre pro"                => offer="fibre pro"
            offer:*                          => offer=any
            gravité:>=3                      => severity=>=3
            id:crm:t-12:q1                   => id=crm:t-12:q1
            note:0..6                        => nps=0..6
            note:[0 TO 6] box                => (nps=[0 TO 6] & box)
            note: >= 9                       => nps=>= 9
            note:(>=9 OU [0 TO 6])           => (nps=>=9 | nps=[0 TO 6])
            sentiment:(-0.5 OU -1)           => (sentiment=-0.5 | sentiment=-1)
            sentiment:[-1 TO -0,5]           => sentiment=[-1 TO -0,5]
            risque:{0.5 TO *}                => churnrisk={0.5 TO *}
            date:2026-03-12T09:30            => occurredat=2026-03-12T09:30
            date: hier                       => occurredat=hier
            (date:[2026-01 TO 2026-03]) => occurredat=[2026-01 TO 2026-03]
            date:12/03/2026 box              => (occurredat=12/03/2026 & box)
            est:question -est:grave          => (trait=question & !trait=grave)
            offre:fib*pro                    => offer=fib*pro
            offre:(fib*pro OU box*)          => (offer=fib*pro | offer=box*)
            canal-préféré:sms                => preferredchannel=sms
            canal_prefere:sms                => preferredchannel=sms
            théme:x gravité:2     => (theme=x & severity=2)
            text:(box facture)               => (box & facture)
            text:"port 25"                   => "port 25"
            offer:(a OR text:b)              => (offer=a | b)
            """)
    void theLanguageIsRead(String query, String expression) throws QueryRefused {
        assertThat(render(QueryParser.parse(query))).isEqualTo(expression);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            Bonjour, ça va ?                 => (Bonjour, & ça & va & ?)
            c'est quoi (fibre)?              => (c'est & quoi & fibre & ?)
            50€/mois                         => 50€/mois
            a/b                              => a/b
            http://x.fr                      => http://x.fr
            voir https://x.fr/a?b=c:d        => (voir & https://x.fr/a?b=c:d)
            merci !                          => (merci & !)
            pourquoi ?                       => (pourquoi & ?)
            objet: panne                     => (objet: & panne)
            objet : panne                    => (objet & : & panne)
            RDV à 12:30                      => (RDV & à & 12:30)
            rappel 18h:matin                 => (rappel & 18h:matin)
            super :) ou bof :-(              => (super & :) & ou & bof & :-()
            client(e)s                       => client(e)s
            - box - fibre                    => (- & box & - & fibre)
            -- box                           => (-- & box)
            wi-fi                            => wi-fi
            +33 6                            => (33 & 6)
            R&D                              => R&D
            ça\u00a0va\u202f?               => (ça & va & ?)
            box\u00a0OU\u00a0fibre          => (box | fibre)
            l'offre:fibre                    => l'offre:fibre
            note: merci beaucoup             => (note: & merci & beaucoup)
            date: bientôt                    => (date: & bientôt)
            est: question                    => (est: & question)
            peut-être:non                    => peut-être:non
            ~50 euros                        => (~50 & euros)
            [2020 TO                         => ([2020 & TO)
            {a}                              => {a}
            \\                               => \\
            oui et non ou pas                => (oui & et & non & ou & pas)
            5 « étoiles                      => (5 & « & étoiles)
            =cmd|'/c calc'!A0                => (=cmd|'/c & calc'!A0)
            """)
    void naturalPunctuationIsText(String query, String expression) throws QueryRefused {
        assertThat(render(QueryParser.parse(query))).isEqualTo(expression);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            offer:(fibre AND "box            | 18 | unclosed quote at column 18
            "box                             | 1  | unclosed quote at column 1
            (box                             | 1  | unclosed ( at column 1
            box (a OR (b)                    | 5  | unclosed ( at column 5
            box)                             | 4  | ) at column 4 closes nothing
            )                                | 1  | ) at column 1 closes nothing
            ()                               | 1  | has nothing in it
            box ( ) a                        | 5  | has nothing in it
            facture AND                      | 9  | AND at column 9 needs something on both sides
            facture ET                       | 9  | ET at column 9 needs something on both sides
            OU EST MA BOX                    | 1  | use small letters
            a OR OR b                        | 3  | OR at column 3
            box SAUF                         | 5  | SAUF at column 5 needs something to exclude
            (a OR )                          | 4  | OR at column 4
            foo:bar:baz                      | 1  | unknown field foo
            ofre:fibre                       | 1  | did you mean offre:
            thèmes:x                         | 1  | did you mean theme:
            chanel:email                     | 1  | did you mean channel:
            box ofer:(a OR b)                | 5  | did you mean offer:
            offer:                           | 1  | offer: at column 1 needs a value
            (offer:) box                     | 2  | needs a value
            *a                               | 1  | only at the end of a word
            a*b                              | 2  | only at the end of a word
            a**                              | 2  | only at the end of a word
            box panne~3                      | 11 | at most 2 letters
            "a b"~51                         | 7  | at most 50 apart
            date:[2026-01 TO 2026-03         | 6  | unclosed [ at column 6; add ]
            a note:{0 TO                     | 8  | unclosed { at column 8; add ]
            note:                            | 1  | needs a value, as in note:0..6
            date:                            | 1  | needs a value, as in date:2026-03
            gravitée:3                       | 1  | did you mean gravite: ?
            sentimant:0                      | 1  | did you mean sentiment: ?
            canal-préferré:sms               | 1  | did you mean canalprefere: ?
            "a b"~99999999999999             | 7  | at most 50 apart
            """)
    void anErrorSaysWhatAndWhere(String query, int column, String detail) {
        var refused = refusal(query);

        assertThat(refused.reason()).isEqualTo(Reason.SYNTAX);
        assertThat(refused.column()).hasValue(column);
        assertThat(refused.detail()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            intent:complain                  | 8  | did you mean complaint?
            canal:emial                      | 7  | did you mean email?
            intention:plinte                 | 11 | did you mean plainte?
            intent:x*                        | 8  | did you mean complaint, question
            canal:e*l                        | 8  | only at the end of a value
            kind:xxxxxxxxxxxx                | 6  | did you mean ticket, call, survey?
            est:grve                         | 5  | did you mean grave?
            is:*                             | 4  | unknown is: *
            sans:thème:x                     | 6  | did you mean theme: ?
            avec:xyzzyx                      | 6  | fields are text, offer
            severity:high                    | 10 | a number from 0 to 4
            severity:>=                      | 10 | a number from 0 to 4
            gravité:3*                       | 9  | a number from 0 to 4
            gravité:5                        | 9  | a number from 0 to 4
            gravité:50%                      | 9  | a number from 0 to 4
            note:11                          | 6  | nps at column 6 is a number from 0 to 10
            note:>x                          | 7  | a number from 0 to 10
            note:0..x                        | 9  | a number from 0 to 10
            note:6..0                        | 6  | is reversed; did you mean 0..6?
            note:[6 TO 0]                    | 7  | is reversed; did you mean 0..6?
            note:[6]                         | 6  | needs two ends, as in [1 TO 3]
            note:[0 TO 6]x                   | 6  | needs two ends
            note:<>3                         | 6  | unknown sign <>
            sentiment:-2                     | 11 | sentiment at column 11 is a number from -1 to 1
            risque:150%                      | 8  | churnrisk at column 8 is a number from 0 to 1
            date:2026-13                     | 6  | 2026-13 is no date at column 6
            date:2026-13-01                  | 6  | a year has 12 months
            date:2026-02-30                  | 6  | February 2026 has 28 days
            date:30/02/2024                  | 6  | 30/02/2024 is no date at column 6; February 2024 has 29 days
            date:demain                      | 6  | demain is no date
            date:7k                          | 7  | unknown unit k at column 7
            date:[2026-01 TO 3zz]            | 19 | unknown unit zz at column 19
            date:>7j                         | 7  | write date:7j for what came since, -date:7j
            date:[2026-03 TO 2026-01]        | 7  | did you mean [2026-01 TO 2026-03]?
            date:>=                          | 6  | a date is missing
            offre:*pro                       | 7  | at least 2 letters before *
            offre:f*pro                      | 7  | at least 2 letters before *
            a*                               | 1  | at least 2 letters before *
            l'a*                             | 1  | at least 2 letters before *
            offer:f*                         | 7  | at least 2 letters before *
            offer:fibre~                     | 7  | not on a field
            """)
    void aValueThatCannotBeIsRefused(String query, int column, String detail) {
        var refused = refusal(query);

        assertThat(refused.reason()).isEqualTo(Reason.SYNTAX);
        assertThat(refused.column()).hasValue(column);
        assertThat(refused.detail()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t\n", "\u00a0"})
    void blankIsAll(String query) throws QueryRefused {
        assertThat(QueryParser.parse(query)).isEqualTo(new Expression.All());
    }

    @Test
    void aQueryMayHaveSoManyCharactersAndNotOneMore() throws QueryRefused {
        assertThat(QueryParser.parse("é".repeat(QueryParser.QUERY_LENGTH_MAX))).isNotNull();
        assertThat(refusal("é".repeat(QueryParser.QUERY_LENGTH_MAX + 1)).reason())
                .isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void parenthesesMayBeNestedSoDeepAndNotOneMore() throws QueryRefused {
        assertThat(render(QueryParser.parse(nested(QueryParser.DEPTH_MAX)))).isEqualTo("a");

        var refused = refusal(nested(QueryParser.DEPTH_MAX + 1));

        assertThat(refused.reason()).isEqualTo(Reason.TOO_COMPLEX);
        assertThat(refused.column()).hasValue(QueryParser.DEPTH_MAX + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "-", "\" \"", " OR ", " -", " NOT "})
    void aQueryMayHaveSoManyWordsAndNotOneMore(String between) throws Exception {
        String most = words(QueryBuilder.CLAUSES_MAX, between);
        String more = words(QueryBuilder.CLAUSES_MAX + 1, between);

        assertThat(build(most)).isNotNull();
        assertThat(refusal(more).reason()).isEqualTo(Reason.TOO_COMPLEX);
    }

    @Test
    void aQueryMayHaveSoManyFuzzyWordsAndNotOneMore() throws Exception {
        assertThat(build(words(QueryBuilder.FUZZY_MAX, "~ ") + "~")).isNotNull();
        assertThat(refusal(words(QueryBuilder.FUZZY_MAX + 1, "~ ") + "~").reason())
                .isEqualTo(Reason.TOO_COMPLEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "!!!", "\u0000", "...", "-?", "? OR !", "«", "\"\"", "\"?\"", "NOT ?", "?~"})
    void signsWithoutAWordMatchNothing(String query) throws Exception {
        assertThat(build(query).toString()).contains("MatchNoDocsQuery");
    }

    private static String nested(int depth) {
        return "(".repeat(depth) + "a" + ")".repeat(depth);
    }

    private static String words(int count, String between) {
        return IntStream.range(0, count)
                .mapToObj(i -> "m" + i)
                .collect(Collectors.joining(
                        between, between.contains("\"") ? "\"" : "", between.contains("\"") ? "\"" : ""));
    }

    private static Query build(String query) throws Exception {
        return QueryBuilder.build(QueryParser.parse(query), new MultiReader(), ZoneOffset.UTC, Verbatims.NOON);
    }

    private static Refused refusal(String query) {
        return catchThrowableOfType(QueryRefused.class, () -> build(query)).refused();
    }

    private static String render(Expression expression) {
        return switch (expression) {
            case Expression.All() -> "all";
            case Expression.Any(QueryField field) -> named(field) + "any";
            case Expression.Word word -> named(word.field()) + word.text();
            case Expression.Phrase phrase ->
                named(phrase.field()) + '"' + phrase.text() + '"' + (phrase.slop() == 0 ? "" : "~" + phrase.slop());
            case Expression.Prefix prefix -> named(prefix.field()) + prefix.text() + "*";
            case Expression.Wildcard wildcard -> named(wildcard.field()) + wildcard.pattern();
            case Expression.Fuzzy fuzzy -> fuzzy.text() + "~" + (fuzzy.edits() < 0 ? "" : fuzzy.edits());
            case Expression.Not(Expression excluded) -> "!" + render(excluded);
            case Expression.And(List<Expression> parts) -> joined(parts, " & ");
            case Expression.Or(List<Expression> parts) -> joined(parts, " | ");
        };
    }

    private static String joined(List<Expression> parts, String sign) {
        return parts.stream().map(QueryParserTest::render).collect(Collectors.joining(sign, "(", ")"));
    }

    private static String named(QueryField field) {
        return field == QueryField.TEXT ? "" : field.field().toLowerCase(Locale.ROOT) + "=";
    }
}
