package io.vigie.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Where a word is found in the files of an index, also in what is deleted. Files of segments are read with Lucene, because
 * what is stored is compressed: every term of every field, every stored value, also of documents that are deleted. Files
 * that the last commit does not name could hide anything, so they are found too; and all bytes are looked through.
 */
final class RawWords {
    private RawWords() {}

    static List<String> places(Path index, String word) throws IOException {
        var places = new ArrayList<String>();
        try (var directory = FSDirectory.open(index);
                var reader = DirectoryReader.open(directory)) {
            var unknown = new TreeSet<>(Arrays.asList(directory.listAll()));
            unknown.removeAll(SegmentInfos.readLatestCommit(directory).files(true));
            unknown.remove(IndexWriter.WRITE_LOCK_NAME);
            unknown.forEach(file -> places.add(file + " is of no commit"));
            for (var leaf : reader.leaves()) {
                addTerms(leaf.reader(), word, places);
                addStored(leaf.reader(), word, places);
            }
        }
        try (var files = Files.list(index)) {
            for (Path file : files.toList()) {
                if (text(Files.readAllBytes(file)).contains(word)) {
                    places.add(file + " has its bytes");
                }
            }
        }
        return places;
    }

    private static void addTerms(LeafReader segment, String word, List<String> places) throws IOException {
        for (FieldInfo field : segment.getFieldInfos()) {
            var terms = segment.terms(field.name);
            if (terms != null) {
                var each = terms.iterator();
                for (BytesRef term = each.next(); term != null; term = each.next()) {
                    if (term.utf8ToString().contains(word)) {
                        places.add(segment + " has the term " + field.name + ":" + term.utf8ToString());
                    }
                }
            }
            var sorted =
                    field.getDocValuesType() == DocValuesType.SORTED ? segment.getSortedDocValues(field.name) : null;
            for (int value = 0; sorted != null && value < sorted.getValueCount(); value++) {
                if (sorted.lookupOrd(value).utf8ToString().contains(word)) {
                    places.add(segment + " has the value " + field.name);
                }
            }
        }
    }

    private static void addStored(LeafReader segment, String word, List<String> places) throws IOException {
        var stored = segment.storedFields();
        for (int document = 0; document < segment.maxDoc(); document++) {
            for (var field : stored.document(document)) {
                var bytes = field.binaryValue();
                if (bytes != null && text(BytesRef.deepCopyOf(bytes).bytes).contains(word)) {
                    places.add(segment + " stores it in document " + document);
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
