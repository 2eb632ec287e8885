package io.vigie.app;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who made the state of a stream application, as {@code voc.streams} keeps it: text of a line for the incarnation and the
 * settings, with tabs between them, and one for each internal topic, its name and the form of its values with a tab between
 * them.
 *
 * @param incarnation another one after every reset, so that files of a former one are not taken for this one's
 * @param settings those that what it made depends on; none of them in a record of a version that did not write them down
 * @param kept as in {@link io.vigie.topology.StreamShape}
 */
record StateRecord(String incarnation, SortedMap<String, String> settings, SortedMap<String, String> kept) {
    String text() {
        var text = new StringBuilder(incarnation);
        // On the line of the incarnation: a version that knows no settings takes another line for a topic that is gone.
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            text.append('\t').append(setting.getKey()).append('=').append(setting.getValue());
        }
        for (Map.Entry<String, String> topic : kept.entrySet()) {
            text.append('\n').append(topic.getKey()).append('\t').append(topic.getValue());
        }
        return text.toString();
    }

    static StateRecord of(String text) {
        var lines = text.lines().toList();
        String[] first = lines.getFirst().split("\t", -1);
        var settings = new TreeMap<String, String>();
        for (int i = 1; i < first.length; i++) {
            put(settings, first[i].split("=", 2));
        }
        var kept = new TreeMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            put(kept, line.split("\t", 2));
        }
        return new StateRecord(first[0], settings, kept);
    }

    private static void put(Map<String, String> found, String[] fields) {
        found.put(fields[0], fields.length == 2 ? fields[1] : "");
    }

    /** The same, made with these settings. */
    StateRecord with(Map<String, String> more) {
        var all = new TreeMap<>(settings);
        all.putAll(more);
        return new StateRecord(incarnation, all, kept);
    }
}
