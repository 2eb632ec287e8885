package io.vigie.index;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.IntField;
import org.apache.lucene.search.Query;

/** Comparisons of the numbers of a verbatim, within the range that each of them has. */
final class NumberRange {
    private static final Pattern NUMBER = Pattern.compile("[-+−]?(?:\\d{1,9}(?:[.,]\\d{0,9})?|[.,]\\d{1,9})%?");
    private static final int PERCENT = 100;

    private final QueryField field;
    private final Scale scale;

    private NumberRange(QueryField field) {
        this.field = field;
        this.scale = scale(field);
    }

    /** What the numbers of a field are. */
    private record Scale(double min, double max, boolean whole) {}

    private static Scale scale(QueryField field) {
        return switch (field) {
            case SEVERITY -> new Scale(0, 4, true);
            case NPS -> new Scale(0, 10, true);
            case CSAT -> new Scale(1, 5, true);
            case CES -> new Scale(1, 7, true);
            case SENTIMENT -> new Scale(-1, 1, false);
            case CHURN_RISK -> new Scale(0, 1, false);
            default -> throw new IllegalArgumentException("the values of " + field + " are not numbers");
        };
    }

    static Query query(QueryField field, String value, int column) throws QueryRefused {
        return new NumberRange(field).query(QueryRange.of(value, column));
    }

    private Query query(QueryRange range) throws QueryRefused {
        Optional<QueryRange.End> first = range.from();
        Optional<QueryRange.End> last = range.to();
        double from = first.isPresent() ? number(first.get()) : Double.NEGATIVE_INFINITY;
        double to = last.isPresent() ? number(last.get()) : Double.POSITIVE_INFINITY;
        if (from > to) {
            throw QueryRefused.syntax(
                    first.orElseThrow().column(),
                    "the range at column " + first.get().column() + " is reversed; did you mean "
                            + last.orElseThrow().text() + ".." + first.get().text() + "?");
        }
        boolean withFrom = first.isEmpty() || first.get().inclusive();
        boolean withTo = last.isEmpty() || last.get().inclusive();
        return scale.whole() ? whole(from, withFrom, to, withTo) : real(from, withFrom, to, withTo);
    }

    private Query whole(double from, boolean withFrom, double to, boolean withTo) {
        // A cast keeps infinite ends within an int.
        int least = (int) (withFrom ? Math.ceil(from) : Math.floor(from) + 1);
        int most = (int) (withTo ? Math.floor(to) : Math.ceil(to) - 1);
        return IntField.newRangeQuery(field.field(), least, most);
    }

    /** Zero has two signs, of which Lucene takes the negative one for the smaller. */
    private Query real(double from, boolean withFrom, double to, boolean withTo) {
        double least = withFrom ? from == 0 ? -0.0 : from : DoublePoint.nextUp(from == 0 ? 0.0 : from);
        double most = withTo ? to == 0 ? 0.0 : to : DoublePoint.nextDown(to == 0 ? -0.0 : to);
        return DoubleField.newRangeQuery(field.field(), least, most);
    }

    private double number(QueryRange.End end) throws QueryRefused {
        String text = end.text();
        if (!NUMBER.matcher(text).matches() || (scale.whole() && text.endsWith("%"))) {
            throw noNumber(end);
        }
        boolean percent = text.endsWith("%");
        String digits = percent ? text.substring(0, text.length() - 1) : text;
        double number = Double.parseDouble(digits.replace(',', '.').replace('−', '-'));
        double value = percent ? number / PERCENT : number;
        if (value < scale.min() || value > scale.max()) {
            throw noNumber(end);
        }
        return value;
    }

    private QueryRefused noNumber(QueryRange.End end) {
        String name = QueryField.plain(field.field());
        return QueryRefused.syntax(
                end.column(),
                name + " at column " + end.column() + " is a number from " + (int) scale.min() + " to "
                        + (int) scale.max() + ", as in " + name + ":" + field.example() + ", not "
                        + (end.text().isEmpty() ? "nothing" : end.text()));
    }
}
