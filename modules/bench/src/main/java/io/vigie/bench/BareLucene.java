package io.vigie.bench;

import io.vigie.events.Verbatim;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * What one would write with Lucene alone: the same fields of a verbatim, an analyzer of its own, and the settings that near
 * real time needs. The measure of what our index adds.
 */
final class BareLucene implements Closeable {
    private static final double RAM_BUFFER_MEGABYTES = 64;
    private static final double FLOOR_SEGMENT_MEGABYTES = 2;
    private static final FieldType TEXT = text();

    private final FSDirectory directory;
    private final IndexWriter writer;
    private DirectoryReader reader;

    BareLucene(Path place, Analyzer words) throws IOException {
        directory = FSDirectory.open(place);
        var merges = new TieredMergePolicy();
        merges.setFloorSegmentMB(FLOOR_SEGMENT_MEGABYTES);
        writer = new IndexWriter(
                directory,
                new IndexWriterConfig(words)
                        .setRAMBufferSizeMB(RAM_BUFFER_MEGABYTES)
                        .setMergePolicy(merges)
                        .setMaxFullFlushMergeWaitMillis(0)
                        .setCommitOnClose(false));
        reader = DirectoryReader.open(writer);
    }

    private static FieldType text() {
        var type = new FieldType(TextField.TYPE_NOT_STORED);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        type.freeze();
        return type;
    }

    void put(Verbatim verbatim, long position) throws IOException {
        writer.updateDocument(new Term("id", verbatim.getVerbatimId()), document(verbatim, position));
    }

    void refresh() throws IOException {
        var changed = DirectoryReader.openIfChanged(reader);
        if (changed != null) {
            reader.close();
            reader = changed;
        }
    }

    void commit(Map<Integer, Long> offsets) throws IOException {
        var data = new TreeMap<String, String>();
        offsets.forEach((partition, offset) -> data.put(partition.toString(), offset.toString()));
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
    }

    private static Document document(Verbatim verbatim, long position) throws IOException {
        var document = new Document();
        document.add(new StringField("id", verbatim.getVerbatimId(), Field.Store.NO));
        document.add(new SortedDocValuesField("id", new BytesRef(verbatim.getVerbatimId())));
        document.add(new StringField("conversationKey", "key-" + verbatim.getConversationId(), Field.Store.NO));
        document.add(new Field("text", verbatim.getText(), TEXT));
        document.add(new KeywordField("offer", verbatim.getOfferId(), Field.Store.NO));
        for (var theme : verbatim.getThemes()) {
            document.add(new KeywordField("theme", theme.getTheme(), Field.Store.NO));
        }
        document.add(new KeywordField("intent", verbatim.getIntent().name(), Field.Store.NO));
        document.add(new KeywordField("kind", verbatim.getKind().name(), Field.Store.NO));
        document.add(new KeywordField("lang", verbatim.getLanguage(), Field.Store.NO));
        document.add(new KeywordField("channel", verbatim.getChannel().name(), Field.Store.NO));
        document.add(new NumericDocValuesField("signature", position));
        document.add(new StringField("conversationId", verbatim.getConversationId(), Field.Store.NO));
        document.add(new StringField("eventId", verbatim.getEventId(), Field.Store.NO));
        document.add(new StringField("source", verbatim.getSource(), Field.Store.NO));
        document.add(new StringField("classifier", verbatim.getClassifier(), Field.Store.NO));
        verbatim.getCustomerKey().ifPresent(key -> document.add(new StringField("customerKey", key, Field.Store.NO)));
        verbatim.getAgentId().ifPresent(agent -> document.add(new StringField("agentId", agent, Field.Store.NO)));
        document.add(new StringField("trait", "customerKey", Field.Store.NO));
        document.add(new StringField("trait", "agentId", Field.Store.NO));
        document.add(new LongField("occurredAt", verbatim.getOccurredAt().toEpochMilli(), Field.Store.NO));
        document.add(new IntField("severity", verbatim.getSeverity(), Field.Store.NO));
        document.add(new DoubleField("sentiment", verbatim.getSentiment(), Field.Store.NO));
        document.add(new DoubleField("churnRisk", verbatim.getChurnRisk(), Field.Store.NO));
        verbatim.getNps().ifPresent(nps -> document.add(new IntField("nps", nps, Field.Store.NO)));
        document.add(new LongField("arrival", position, Field.Store.NO));
        document.add(new StoredField(
                "verbatim", new BytesRef(Verbatim.getEncoder().encode(verbatim).array())));
        return document;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        writer.close();
        directory.close();
    }
}
