package io.vigie.server;

import io.vigie.events.Verbatim;
import io.vigie.index.ResultStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * CSV after RFC 4180, in UTF-8 with a byte order mark, without which Excel takes it for another encoding. Every text is in
 * quotes. A text that a spreadsheet would take for a formula (after blanks it begins with {@code = + - @} or their full
 * width, or it begins with a tab or a line end) has an apostrophe before it, as OWASP advises, and so has one that begins
 * with an apostrophe: whoever takes away one leading apostrophe of a cell has the text again. Numbers are ours and stay
 * numbers. The last row is {@code "#exported",n,"complete"} and as many empty cells as make it a row;
 * with fewer than three columns it is longer than the others.
 *
 * <p>The French form is for Excel in French: semicolons, decimal comma, local times to the second. What is said in words is
 * for {@link ExportWords} to say.
 */
final class ExportCsv implements ExportForm {
    private static final String LINE_END = "\r\n";
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String GUARDED_STARTS = "\t\r\n'";
    private static final String WITHIN_CELL = " | ";
    private static final int DECIMALS_MAX = 6;
    private static final DateTimeFormatter FRENCH_TIME =
            DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.FRANCE);

    private static final List<Column> COLUMNS = List.of(
            new Column(
                    "id",
                    "identifiant",
                    "id",
                    (form, row) -> form.text(row.verbatim().getVerbatimId())),
            new Column(
                    "occurredAt",
                    "date",
                    "occurred",
                    (form, row) -> form.time(row.verbatim().getOccurredAt())),
            new Column(
                    "kind",
                    "nature",
                    "kind",
                    (form, row) -> form.coded("kind", row.verbatim().getKind().name())),
            new Column(
                    "channel",
                    "canal",
                    "channel",
                    (form, row) ->
                            form.coded("channel", row.verbatim().getChannel().name())),
            new Column(
                    "preferredChannel",
                    "canal souhaité",
                    "preferred",
                    (form, row) -> row.verbatim()
                            .getPreferredChannel()
                            .map(channel -> form.coded("channel", channel.name()))
                            .orElse("")),
            new Column(
                    "language",
                    "langue",
                    "language",
                    (form, row) -> form.coded("lang", row.verbatim().getLanguage())),
            new Column(
                    "offerId",
                    "offre",
                    "offer",
                    (form, row) -> form.coded("offer", row.verbatim().getOfferId())),
            new Column(
                    "offerMention",
                    "offre citée",
                    "mention",
                    (form, row) -> form.text(row.verbatim().getOfferMention())),
            new Column(
                    "intent",
                    "intention",
                    "intent",
                    (form, row) ->
                            form.coded("intent", row.verbatim().getIntent().name())),
            new Column("themes", "thèmes", "theme", (form, row) -> form.text(form.themes(row.verbatim()))),
            new Column(
                    "text",
                    "verbatim",
                    "text",
                    (form, row) -> form.text(row.verbatim().getText())),
            new Column(
                    "sentiment",
                    "sentiment",
                    "sentiment",
                    (form, row) -> form.number(row.verbatim().getSentiment())),
            new Column(
                    "severity",
                    "gravité",
                    "severity",
                    (form, row) -> form.number(row.verbatim().getSeverity())),
            new Column(
                    "churnRisk",
                    "risque de départ",
                    "churn",
                    (form, row) -> form.number(row.verbatim().getChurnRisk())),
            new Column(
                    "channelMismatch",
                    "canal non respecté",
                    "mismatch",
                    (form, row) -> form.flag(row.verbatim().getChannelMismatch())),
            new Column("nps", "NPS", "nps", (form, row) -> number(row.verbatim().getNps())),
            new Column(
                    "csat", "CSAT", "csat", (form, row) -> number(row.verbatim().getCsat())),
            new Column("ces", "CES", "ces", (form, row) -> number(row.verbatim().getCes())),
            new Column(
                    "agentId",
                    "agent",
                    "agent",
                    (form, row) -> form.text(row.verbatim().getAgentId())),
            new Column(
                    "conversationId",
                    "conversation",
                    "conversation",
                    (form, row) -> form.text(row.verbatim().getConversationId())),
            new Column(
                    "source",
                    "source",
                    "source",
                    (form, row) -> form.text(row.verbatim().getSource())),
            new Column(
                    "eventId",
                    "événement",
                    "event",
                    (form, row) -> form.text(row.verbatim().getEventId())),
            new Column(
                    "classifiedAt",
                    "classé le",
                    "classified",
                    (form, row) -> form.time(row.verbatim().getClassifiedAt())),
            new Column("redactions", "masquages", "masked", (form, row) -> form.text(redactions(row.verbatim()))),
            new Column(
                    "classifier",
                    "classifieur",
                    "classifier",
                    (form, row) -> form.text(row.verbatim().getClassifier())),
            new Column("score", "pertinence", "score", (form, row) -> form.number(row.score())));

    private final Writer out;
    private final boolean french;
    private final ExportWords words;
    private final ZoneId zone;
    private final List<Column> columns;

    /**
     * @param french whether it is laid out for Excel in French
     * @param zone whose time French times are in
     * @param names of the columns, in their order; empty for all
     */
    ExportCsv(OutputStream target, boolean french, ExportWords words, ZoneId zone, List<String> names) {
        this.out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
        this.french = french;
        this.words = words;
        this.zone = zone;
        this.columns = names.isEmpty()
                ? COLUMNS
                : names.stream()
                        .flatMap(name ->
                                COLUMNS.stream().filter(column -> column.name().equals(name)))
                        .toList();
    }

    /** Of all columns, in their order. */
    static List<String> names() {
        return COLUMNS.stream().map(Column::name).toList();
    }

    /** All columns, in their order. */
    static List<Column> columns() {
        return COLUMNS;
    }

    record Row(Verbatim verbatim, double score) {}

    interface Cell {
        String of(ExportCsv form, Row row);
    }

    /**
     * What is written of each verbatim in one place.
     *
     * @param name for programs
     * @param french its heading in a French file of codes
     * @param field of the verbatim, as the texts of the pages name it
     */
    record Column(String name, String french, String field, Cell cell) {}

    @Override
    public void begin() throws IOException {
        out.write(BYTE_ORDER_MARK);
        write(columns.stream().map(column -> text(words.heading(column))).toList());
    }

    @Override
    public void verbatim(ResultStream result) throws IOException {
        var row = new Row(result.verbatim(), result.score());
        write(columns.stream().map(column -> column.cell().of(this, row)).toList());
    }

    @Override
    public void end(long exported) throws IOException {
        String separator = separator();
        out.write(text(words.exported()) + separator + exported + separator + text(words.complete()));
        out.write(separator.repeat(Math.max(0, columns.size() - 3)));
        out.write(LINE_END);
        out.flush();
    }

    private void write(List<String> cells) throws IOException {
        out.write(String.join(separator(), cells));
        out.write(LINE_END);
    }

    private String separator() {
        return french ? ";" : ",";
    }

    private String text(Optional<String> value) {
        return value.map(this::text).orElse("");
    }

    private String text(String value) {
        String guarded = isGuarded(value) ? "'" + value : value;
        return '"' + guarded.replace("\"", "\"\"") + '"';
    }

    private static boolean isGuarded(String value) {
        if (value.isEmpty()) {
            return false;
        }
        int start = 0;
        while (start < value.length() && isInvisible(value.charAt(start))) {
            start++;
        }
        return GUARDED_STARTS.indexOf(value.charAt(0)) >= 0
                || (start < value.length() && FORMULA_STARTS.indexOf(value.charAt(start)) >= 0);
    }

    /** What spreadsheets may skip before a formula, more rather than less. */
    private static boolean isInvisible(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }

    private String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        var rounded = BigDecimal.valueOf(value).setScale(DECIMALS_MAX, RoundingMode.HALF_EVEN);
        String plain =
                rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        return french ? plain.replace('.', ',') : plain;
    }

    private static String number(Optional<Integer> value) {
        return value.map(Object::toString).orElse("");
    }

    private String flag(boolean value) {
        return words.flag(value);
    }

    private String time(Instant time) {
        return french ? FRENCH_TIME.format(time.atZone(zone)) : time.toString();
    }

    /** @param dimension of the names that people know such values by */
    private String coded(String dimension, String code) {
        return text(words.value(dimension, code));
    }

    private String themes(Verbatim verbatim) {
        return verbatim.getThemes().stream()
                .map(theme -> words.value("theme", theme.getTheme()))
                .collect(Collectors.joining(WITHIN_CELL));
    }

    private static String redactions(Verbatim verbatim) {
        return verbatim.getRedactions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(WITHIN_CELL));
    }
}
