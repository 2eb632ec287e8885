package io.vigie.index;

import io.vigie.events.Channel;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** The only place that knows which Lucene fields a verbatim has. */
final class VerbatimDocument {
    /** Version of the fields and of their analysis; an index of another one is built anew. */
    static final int FORMAT = 4;

    static final String ID = "id";
    private static final String CONVERSATION_KEY = "conversationKey";
    static final String TEXT = "text";
    static final String SIGNATURE = "textSignature";
    static final String SHORT_WORDS = "shortWords";
    static final String OCCURRED_AT = "occurredAt";
    static final String ARRIVAL = "arrival";
    static final String SEVERITY = "severity";
    static final String SENTIMENT = "sentiment";
    static final String CHURN_RISK = "churnRisk";
    static final String NPS = "nps";
    static final String CSAT = "csat";
    static final String CES = "ces";
    static final String AGENT = "agentId";
    static final String CUSTOMER = "customerKey";
    static final String CONVERSATION = "conversationId";
    static final String EVENT = "eventId";
    static final String SOURCE = "source";
    static final String MENTION = "offerMention";
    static final String PREFERRED_CHANNEL = "preferredChannel";
    static final String CLASSIFIER = "classifier";

    /** What is so of a verbatim or not: names of its optional fields that have a value, and the traits below. */
    static final String TRAIT = "trait";

    static final String MISMATCH = "mismatch";
    static final String REDACTED = "redacted";

    private static final String VERBATIM = "verbatim";

    /** Lucene's limit of a term and of a sorted value; a longer keyword is cut, because it would stop the sink. */
    static final int KEYWORD_BYTES_MAX = 32_766;

    private static final Set<String> STORED = Set.of(VERBATIM);

    private VerbatimDocument() {}

    static Term id(String verbatimId) {
        return new Term(ID, keyword(verbatimId));
    }

    /** That of a verbatim; ids of conversations are only unique within one kind of events of one source. */
    static Term conversation(Verbatim verbatim) {
        String key = verbatim.getKind().name() + '\n' + verbatim.getSource() + '\n' + verbatim.getConversationId();
        return new Term(CONVERSATION_KEY, keyword(key));
    }

    /** What was said before an instant. */
    static Query before(Instant end) {
        return LongPoint.newRangeQuery(OCCURRED_AT, Long.MIN_VALUE, CalendarBuckets.millis(end) - 1);
    }

    static String field(Dimension dimension) {
        return dimension.parameter();
    }

    static Document of(Verbatim verbatim) throws IOException {
        var document = new Document();
        var id = keyword(verbatim.getVerbatimId());
        document.add(new StringField(ID, id, Field.Store.NO));
        document.add(new SortedDocValuesField(ID, id));
        document.add(new StringField(CONVERSATION_KEY, conversation(verbatim).bytes(), Field.Store.NO));
        document.add(new Words(verbatim.getText(), TextAnalyzer.of(verbatim.getLanguage())));
        for (var dimension : Dimension.values()) {
            for (String value : values(dimension, verbatim)) {
                document.add(new KeywordField(field(dimension), keyword(value), Field.Store.NO));
            }
        }
        addSignature(document, verbatim.getText());
        addKeywords(document, verbatim);
        addNumbers(document, verbatim);
        document.add(new StoredField(VERBATIM, StoredVerbatim.encode(verbatim)));
        return document;
    }

    /** With where its record stands in the topic. */
    static Document of(Verbatim verbatim, Arrival arrival) throws IOException {
        var document = of(verbatim);
        document.add(new LongPoint(ARRIVAL, arrival.position()));
        document.add(new NumericDocValuesField(ARRIVAL, arrival.position()));
        return document;
    }

    private static List<String> values(Dimension dimension, Verbatim verbatim) {
        return switch (dimension) {
            case OFFER -> List.of(verbatim.getOfferId());
            case THEME ->
                verbatim.getThemes().stream().map(Theme::getTheme).distinct().toList();
            case INTENT -> List.of(verbatim.getIntent().name());
            case KIND -> List.of(verbatim.getKind().name());
            case LANGUAGE -> List.of(verbatim.getLanguage());
            case CHANNEL -> List.of(verbatim.getChannel().name());
        };
    }

    private static void addSignature(Document document, String text) {
        var signed = TextSignature.read(text);
        document.add(new NumericDocValuesField(SIGNATURE, signed.name()));
        if (signed.words().length > 0) {
            document.add(new BinaryDocValuesField(SHORT_WORDS, signed.words()));
        }
    }

    private static void addKeywords(Document document, Verbatim verbatim) {
        add(document, CONVERSATION, verbatim.getConversationId());
        add(document, EVENT, verbatim.getEventId());
        add(document, SOURCE, verbatim.getSource());
        add(document, CLASSIFIER, verbatim.getClassifier());
        addOptional(document, CUSTOMER, verbatim.getCustomerKey());
        addOptional(document, AGENT, verbatim.getAgentId());
        addOptional(document, MENTION, verbatim.getOfferMention());
        addOptional(document, PREFERRED_CHANNEL, verbatim.getPreferredChannel().map(Channel::name));
        if (verbatim.getChannelMismatch()) {
            add(document, TRAIT, MISMATCH);
        }
        if (!verbatim.getRedactions().isEmpty()) {
            add(document, TRAIT, REDACTED);
        }
    }

    private static void add(Document document, String field, String value) {
        document.add(new StringField(field, keyword(value), Field.Store.NO));
    }

    private static void addOptional(Document document, String field, Optional<String> value) {
        value.ifPresent(present -> {
            add(document, field, present);
            add(document, TRAIT, field);
        });
    }

    private static void addNumbers(Document document, Verbatim verbatim) {
        long occurredAt = CalendarBuckets.millis(verbatim.getOccurredAt());
        document.add(new LongPoint(OCCURRED_AT, occurredAt));
        document.add(new NumericDocValuesField(OCCURRED_AT, occurredAt));
        document.add(new IntField(SEVERITY, verbatim.getSeverity(), Field.Store.NO));
        addReal(document, SENTIMENT, verbatim.getSentiment());
        addReal(document, CHURN_RISK, verbatim.getChurnRisk());
        verbatim.getNps().ifPresent(nps -> addWhole(document, NPS, nps));
        verbatim.getCsat().ifPresent(csat -> addWhole(document, CSAT, csat));
        verbatim.getCes().ifPresent(ces -> addWhole(document, CES, ces));
    }

    private static void addWhole(Document document, String name, int value) {
        document.add(new IntPoint(name, value));
        document.add(new NumericDocValuesField(name, value));
    }

    private static void addReal(Document document, String name, double value) {
        document.add(new DoublePoint(name, value));
        document.add(new NumericDocValuesField(name, NumericUtils.doubleToSortableLong(value)));
    }

    /** A value as it is indexed, cut to what Lucene can hold at the end of a character. */
    static BytesRef keyword(String value) {
        var bytes = new BytesRef(value);
        if (bytes.length > KEYWORD_BYTES_MAX) {
            int length = KEYWORD_BYTES_MAX;
            while ((bytes.bytes[length] & 0xC0) == 0x80) {
                length--;
            }
            bytes.length = length;
        }
        return bytes;
    }

    /** The verbatim of a document, equal to the one that was put. */
    static Verbatim verbatim(StoredFields documents, int document) throws IOException {
        var bytes = documents.document(document, STORED).getBinaryValue(VERBATIM);
        return StoredVerbatim.decode(bytes);
    }

    /** Text in its own language; its token stream is opened by the writer, which also closes it when it fails. */
    private static final class Words extends Field {
        private static final FieldType TYPE = type();

        private final String text;
        private final TextAnalyzer analyzer;

        Words(String text, TextAnalyzer analyzer) {
            super(TEXT, text, TYPE);
            this.text = text;
            this.analyzer = analyzer;
        }

        @Override
        public TokenStream tokenStream(Analyzer ofWriter, @Nullable TokenStream reusable) {
            return analyzer.tokenStream(TEXT, text);
        }

        private static FieldType type() {
            var type = new FieldType();
            type.setTokenized(true);
            // Offsets cost 20 % of the work of indexing, term vectors for the same highlights 50 %.
            type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
            type.freeze();
            return type;
        }
    }
}
