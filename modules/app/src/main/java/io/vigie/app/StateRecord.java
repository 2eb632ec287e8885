package io.vigie.app;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who made the state of a stream application, as {@code voc.streams} keeps it: text of a line for the incarnation, and one
 * for each internal topic, its name and the form of its values with a tab between them.
 *
 * @param incarnation another one after every reset, so that files of a former one are not taken for this one's
 * @param kept as in {@link io.vigie.topology.StreamShape}
 */
record StateRecord(String incarnation, SortedMap<String, String> kept) {
    String text() {
        var text = new StringBuilder(incarnation);
        for (Map.Entry<String, String> topic : kept.entrySet()) {
            text.append('\n').append(topic.getKey()).append('\t').append(topic.getValue());
        }
        return text.toString();
    }

    static StateRecord of(String text) {
        var lines = text.lines().toList();
        var kept = new TreeMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", 2);
            kept.put(fields[0], fields.length == 2 ? fields[1] : "");
        }
        return new StateRecord(lines.getFirst(), kept);
    }
}
