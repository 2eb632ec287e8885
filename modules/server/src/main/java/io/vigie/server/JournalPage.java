package io.vigie.server;

import io.vigie.events.AuditEntry;
import io.vigie.server.access.AuditLog;
import io.vigie.server.access.Deed;
import io.vigie.server.page.JournalView;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Section;
import io.vigie.server.page.Table;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /journal} and {@code /api/v1/audit}: who did what. */
final class JournalPage {
    private static final Set<String> PARAMETERS = Set.of("from", "to", "user", "action");
    private static final Set<String> API_PARAMETERS = Set.of("from", "to", "user", "action", "size", "tz");
    private static final int SHOWN_MAX = 200;
    private static final int SIZE_DEFAULT = 100;

    private final Pages pages;
    private final AuditLog log;

    JournalPage(Pages pages, AuditLog log) {
        this.pages = pages;
        this.log = log;
    }

    /** For programs, as JSON. */
    Document list(@Nullable String query) throws Refusal {
        var parameters = Parameters.of(query, API_PARAMETERS, "");
        int size = parameters.number("size", SIZE_DEFAULT, AuditLog.FOUND_MAX);
        AuditLog.Found found = read(wanted(parameters, pages.zone(), Math.max(1, size)));
        return Document.json(out -> {
            out.writeStartObject();
            out.writeBooleanField("cut", found.cut());
            out.writeArrayFieldStart("entries");
            for (AuditEntry entry : found.entries()) {
                AuditJson.write(out, entry);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** For people. */
    PageAnswer page(PageRequest request) throws Refusal {
        var parameters = Parameters.of(request.query(), PARAMETERS, "");
        Wording in = request.wording();
        AuditLog.Found found = read(wanted(parameters, pages.zone(), SHOWN_MAX));
        Optional<String> chosen = one(parameters, "action").map(each -> each.toUpperCase(Locale.ROOT));
        List<JournalView.Choice> actions = Arrays.stream(Deed.values())
                .filter(deed -> deed != Deed.NONE)
                .map(deed -> new JournalView.Choice(
                        deed.name(),
                        said(deed.name(), in),
                        chosen.filter(deed.name()::equals).isPresent()))
                .toList();
        var view = new JournalView(
                pages.bareFrame(request, in.say("journal.title"), Optional.of(Section.JOURNAL), LoopPages.STYLE),
                one(parameters, "from").orElse(""),
                one(parameters, "to").orElse(""),
                one(parameters, "user").orElse(""),
                actions,
                table(found, in),
                found.cut() ? Optional.of(in.say("journal.cut", found.entries().size())) : Optional.empty(),
                found.entries().isEmpty() ? Optional.of(nothing(in)) : Optional.empty());
        return PageAnswer.page(Templates.journal(view));
    }

    private static Optional<String> one(Parameters parameters, String name) throws Refusal {
        return parameters.one(name).map(String::strip);
    }

    private static AuditLog.Wanted wanted(Parameters parameters, ZoneId zone, int max) throws Refusal {
        Optional<String> action = one(parameters, "action");
        Optional<Deed> deed = action.flatMap(each -> Deed.of(each.toUpperCase(Locale.ROOT)));
        if (action.isPresent() && (deed.isEmpty() || deed.get() == Deed.NONE)) {
            throw Parameters.bad(
                    "action",
                    action.get(),
                    "SEARCH, OPEN, COMPARE, EXPORT, LIVE, LOOK, CHANGE, ERASE, AUDIT,"
                            + " LOGIN, LOGIN_REFUSED, LOGOUT, DENIED");
        }
        return new AuditLog.Wanted(
                SearchParameters.time(parameters, "from", zone, false),
                SearchParameters.time(parameters, "to", zone, true),
                one(parameters, "user"),
                deed,
                max);
    }

    private AuditLog.Found read(AuditLog.Wanted wanted) throws Refusal {
        try {
            return log.read(wanted);
        } catch (IOException e) {
            throw new Refusal(Problem.of(Fault.UNAVAILABLE, String.valueOf(e.getMessage()))
                    .retryAfter(5));
        }
    }

    private static Table table(AuditLog.Found found, Wording in) {
        List<Table.Head> heads = List.of(
                new Table.Head(in.say("journal.at"), false),
                new Table.Head(in.say("journal.user"), false),
                new Table.Head(in.say("journal.action"), false),
                new Table.Head(in.say("journal.what"), false),
                new Table.Head(in.say("journal.count"), true),
                new Table.Head(in.say("journal.status"), true));
        var rows = new ArrayList<List<Table.Cell>>();
        for (AuditEntry entry : found.entries()) {
            rows.add(List.of(
                    Table.cell(in.moment(entry.getAt())),
                    Table.cell(who(entry, in)),
                    Table.cell(said(entry.getAction(), in)),
                    Table.cell(what(entry)),
                    Table.cell(entry.getCount().map(in::number).orElse("")),
                    Table.cell(entry.getStatus()
                            .map(status -> Integer.toString(status))
                            .orElse(""))));
        }
        return new Table(in.say("journal.title"), heads, rows);
    }

    /** Where nobody is asked, everybody has every role. */
    private static String who(AuditEntry entry, Wording in) {
        if (entry.getVia().equals("none")) {
            return in.say("journal.unknown");
        }
        return entry.getVia().equals("local") || entry.getRoles().isEmpty()
                ? entry.getUser()
                : entry.getUser() + " (" + String.join(", ", entry.getRoles()) + ")";
    }

    private static String what(AuditEntry entry) {
        return entry.getRoute()
                + entry.getSubject().map(subject -> " · " + subject).orElse("")
                + entry.getQuery().map(query -> " · " + query).orElse("");
    }

    private static String said(String action, Wording in) {
        return in.find("value.deed." + action).orElse(action);
    }

    private static Notice nothing(Wording in) {
        return new Notice(
                Notice.Kind.EMPTY,
                in.say("journal.none"),
                List.of(Notice.way(in.say("journal.all"), Section.JOURNAL.address())));
    }
}
