package io.vigie.index;

import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.NumericUtils;

/** Count, mean and variance of the sentiments of all matches; one outside its range is none. */
final class Moments implements Collector {
    private long count;
    private double mean;
    /** Of the squared distances to the mean, kept up so that nothing large cancels out (B. P. Welford, 1962). */
    private double squares;

    void add(double value) {
        count++;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** Of the population that the values are a sample of; 0 of fewer than two. */
    double variance() {
        return count < 2 ? 0 : squares / (count - 1);
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
        var sentiments = DocValues.getNumeric(segment.reader(), VerbatimDocument.SENTIMENT);
        return new LeafCollector() {
            @Override
            public void setScorer(Scorable scorer) {}

            @Override
            public void collect(int document) throws IOException {
                if (sentiments.advanceExact(document)) {
                    double sentiment = NumericUtils.sortableLongToDouble(sentiments.longValue());
                    if (Math.abs(sentiment) <= 1) {
                        add(sentiment);
                    }
                }
            }
        };
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
