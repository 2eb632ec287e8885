package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Alert;
import io.vigie.events.SavedSearch;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a webhook gets. */
final class DeliveryJson {
    private DeliveryJson() {}

    /**
     * One of the verbatims of a delivery.
     *
     * @param verbatim as the index has it now; empty when it is erased
     */
    record Shown(Alert alert, Optional<Verbatim> verbatim) {}

    /** @param page address of the search page, without a slash at its end */
    static byte[] body(Outbox.Due delivery, List<Shown> verbatims, String page) {
        SavedSearch search = delivery.search();
        return Document.json(out -> {
                    out.writeStartObject();
                    out.writeStringField("deliveryId", delivery.id());
                    out.writeObjectFieldStart("search");
                    out.writeStringField("id", search.getSearchId());
                    out.writeStringField("name", search.getName());
                    out.writeStringField("q", search.getQuery());
                    out.writeStringField("link", page + "/?" + address(search));
                    out.writeEndObject();
                    out.writeNumberField("count", delivery.parcel().count());
                    Document.time(out, "matchedFrom", delivery.parcel().matchedFrom());
                    Document.time(out, "matchedTo", delivery.parcel().matchedTo());
                    out.writeArrayFieldStart("verbatims");
                    for (Shown shown : verbatims) {
                        verbatim(out, shown, page);
                    }
                    out.writeEndArray();
                    out.writeEndObject();
                })
                .body();
    }

    private static void verbatim(JsonGenerator out, Shown shown, String page) throws IOException {
        out.writeStartObject();
        if (shown.verbatim().isPresent()) {
            VerbatimJson.members(out, shown.verbatim().get());
        } else {
            out.writeStringField("id", shown.alert().getVerbatimId());
            out.writeBooleanField("erased", true);
        }
        Document.time(out, "matchedAt", shown.alert().getMatchedAt());
        String quoted = shown.alert().getVerbatimId().replace("\\", "\\\\").replace("\"", "\\\"");
        out.writeStringField("link", page + "/?q=" + encoded("id:\"" + quoted + "\""));
        out.writeEndObject();
    }

    /** In the address of the page lang is the language of the page; the filter is called language. */
    private static String address(SavedSearch search) {
        var address = new StringBuilder("q=").append(encoded(search.getQuery()));
        for (Map.Entry<String, List<String>> filter : new TreeMap<>(search.getFilters()).entrySet()) {
            String name = filter.getKey().equals("lang") ? "language" : filter.getKey();
            filter.getValue()
                    .forEach(value ->
                            address.append('&').append(name).append('=').append(encoded(value)));
        }
        return address.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
