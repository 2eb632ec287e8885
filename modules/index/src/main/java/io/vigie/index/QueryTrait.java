package io.vigie.index;

import io.vigie.events.Intent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.IntField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** What a verbatim can be, as in {@code est:grave}: short names of what people ask for most. */
enum QueryTrait {
    QUESTION(() -> intent(Intent.QUESTION), "question"),
    COMPLAINT(() -> intent(Intent.COMPLAINT), "complaint", "plainte", "reclamation"),
    REQUEST(() -> intent(Intent.REQUEST), "request", "demande"),
    PRAISE(() -> intent(Intent.PRAISE), "praise", "eloge", "compliment"),
    SEVERE(() -> severity(QueryTrait.SEVERE_MIN), "severe", "grave"),
    LEAVING(
            () -> DoubleField.newRangeQuery(
                    VerbatimDocument.CHURN_RISK, QueryTrait.LEAVING_MIN, Double.POSITIVE_INFINITY),
            "leaving",
            "partant"),
    NEGATIVE(() -> sentiment(Double.NEGATIVE_INFINITY, -Double.MIN_VALUE), "negative", "negatif"),
    POSITIVE(() -> sentiment(Double.MIN_VALUE, Double.POSITIVE_INFINITY), "positive", "positif"),
    DETRACTOR(() -> nps(0, QueryTrait.DETRACTOR_MAX), "detractor", "detracteur"),
    PASSIVE(() -> nps(QueryTrait.DETRACTOR_MAX + 1, QueryTrait.PROMOTER_MIN - 1), "passive", "passif"),
    PROMOTER(() -> nps(QueryTrait.PROMOTER_MIN, QueryTrait.NPS_MAX), "promoter", "promoteur"),
    MISMATCH(() -> trait(VerbatimDocument.MISMATCH), "mismatch", "mauvaiscanal"),
    REDACTED(() -> trait(VerbatimDocument.REDACTED), "redacted", "masque");

    /** Least severity of what is severe: 3 is blocking, 4 legal or a danger. */
    static final int SEVERE_MIN = 3;
    /** Least risk of churn of who is leaving. */
    static final double LEAVING_MIN = 0.5;
    // The bounds of the net promoter score, as it is defined everywhere.
    private static final int DETRACTOR_MAX = 6;
    private static final int PROMOTER_MIN = 9;
    private static final int NPS_MAX = 10;

    @SuppressWarnings("ImmutableEnumChecker") // the suppliers below hold no state
    private final Supplier<Query> query;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, which its type does not say
    private final List<String> names;

    QueryTrait(Supplier<Query> query, String... names) {
        this.query = query;
        this.names = List.of(names);
    }

    Query query() {
        return query.get();
    }

    static QueryTrait named(String value, int column) throws QueryRefused {
        String plain = QueryField.plain(value);
        for (var trait : values()) {
            if (trait.names.contains(plain)) {
                return trait;
            }
        }
        var all = Arrays.stream(values()).flatMap(trait -> trait.names.stream()).toList();
        throw QuerySymbols.unknown(
                "is:",
                value,
                column,
                QueryField.nearest(plain, all).map(List::of).orElse(all));
    }

    private static Query intent(Intent intent) {
        return new TermQuery(new Term(VerbatimDocument.field(Dimension.INTENT), intent.name()));
    }

    private static Query severity(int least) {
        return IntField.newRangeQuery(VerbatimDocument.SEVERITY, least, Integer.MAX_VALUE);
    }

    private static Query sentiment(double least, double most) {
        return DoubleField.newRangeQuery(VerbatimDocument.SENTIMENT, least, most);
    }

    private static Query nps(int least, int most) {
        return IntField.newRangeQuery(VerbatimDocument.NPS, least, most);
    }

    private static Query trait(String name) {
        return new TermQuery(new Term(VerbatimDocument.TRAIT, name));
    }
}
