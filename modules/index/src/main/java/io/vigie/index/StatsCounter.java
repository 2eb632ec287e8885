package io.vigie.index;

import java.io.IOException;
import java.util.OptionalDouble;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.NumericUtils;

/** Sums up the numbers of all matches; a number outside its range is nobody's answer and is left out. */
final class StatsCounter implements Collector {
    private static final int NPS_MAX = 10;
    private static final int CSAT_MAX = 5;

    private double sentimentSum;
    private long sentiments;
    private long severe;
    private long churn;
    private long promoters;
    private long passives;
    private long detractors;
    private long csatSum;
    private long csats;

    Stats stats() {
        return new Stats(
                mean(sentimentSum, sentiments),
                severe,
                churn,
                promoters,
                passives,
                detractors,
                mean((double) csatSum, csats),
                csats);
    }

    private static OptionalDouble mean(double sum, long count) {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
        return new Segment(segment);
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }

    private final class Segment implements LeafCollector {
        private final NumericDocValues sentiment;
        private final SortedNumericDocValues severity;
        private final NumericDocValues churnRisk;
        private final NumericDocValues nps;
        private final NumericDocValues csat;

        Segment(LeafReaderContext segment) throws IOException {
            var reader = segment.reader();
            sentiment = DocValues.getNumeric(reader, VerbatimDocument.SENTIMENT);
            severity = DocValues.getSortedNumeric(reader, VerbatimDocument.SEVERITY);
            churnRisk = DocValues.getNumeric(reader, VerbatimDocument.CHURN_RISK);
            nps = DocValues.getNumeric(reader, VerbatimDocument.NPS);
            csat = DocValues.getNumeric(reader, VerbatimDocument.CSAT);
        }

        @Override
        public void setScorer(Scorable scorer) {}

        @Override
        public void collect(int document) throws IOException {
            if (sentiment.advanceExact(document)) {
                addSentiment(NumericUtils.sortableLongToDouble(sentiment.longValue()));
            }
            if (severity.advanceExact(document) && severity.nextValue() >= Stats.SEVERE_MIN) {
                severe++;
            }
            if (churnRisk.advanceExact(document)
                    && NumericUtils.sortableLongToDouble(churnRisk.longValue()) >= Stats.CHURN_MIN) {
                churn++;
            }
            if (nps.advanceExact(document)) {
                addNps(nps.longValue());
            }
            if (csat.advanceExact(document)) {
                addCsat(csat.longValue());
            }
        }
    }

    private void addSentiment(double value) {
        if (Math.abs(value) <= 1) {
            sentimentSum += value;
            sentiments++;
        }
    }

    private void addNps(long answer) {
        if (answer < 0 || answer > NPS_MAX) {
            return;
        }
        if (answer >= Stats.PROMOTER_MIN) {
            promoters++;
        } else if (answer <= Stats.DETRACTOR_MAX) {
            detractors++;
        } else {
            passives++;
        }
    }

    private void addCsat(long answer) {
        if (answer >= 1 && answer <= CSAT_MAX) {
            csatSum += answer;
            csats++;
        }
    }
}
