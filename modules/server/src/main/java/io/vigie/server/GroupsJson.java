package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.index.GroupedResult;
import io.vigie.index.GroupedResult.Group;
import java.io.IOException;

/** How one page of groups looks to clients: hits that say how many others have nearly their text, and where those are. */
final class GroupsJson {
    private GroupsJson() {}

    static void write(JsonGenerator out, GroupedResult result) throws IOException {
        out.writeNumberField("groups", result.groups());
        out.writeArrayFieldStart("hits");
        for (Group group : result.page()) {
            out.writeStartObject();
            SearchEndpoint.members(out, group.hit());
            out.writeNumberField("duplicates", group.duplicates());
            out.writeStringField("duplicatesQuery", SearchAddress.of(group.verbatims()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
