package io.vigie.app;

import io.vigie.understanding.ClassificationReport;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.StringEscapeUtils;

/** A report as one HTML page that needs nothing else: no script, no style, no font from elsewhere. */
final class ReportPage {
    private static final String STYLE = """
        <style>
        :root { color-scheme: light dark }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.3rem } h2 { font-size: 1.1rem; margin-top: 2rem }
        .figures { display: flex; gap: 2rem; flex-wrap: wrap } .figures b { display: block; font-size: 1.8rem }
        table { border-collapse: collapse; width: 100% }
        th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #8884; vertical-align: top }
        td { overflow-wrap: anywhere }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
        meter { width: 8rem }
        </style>
        """;

    private static final String HEAD = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        """;

    private ReportPage() {}

    /** The same report gives the same page. */
    static String of(String title, ClassificationReport report) {
        String name = escaped(title);
        return HEAD + "<title>" + name + "</title>\n" + STYLE + "</head>\n<body>\n<h1>" + name + "</h1>\n"
                + "<div class=\"figures\">" + figures(report) + "</div>\n"
                + classes(report)
                + confusions(report)
                + calibration(report)
                + mistakes(report)
                + "</body>\n</html>\n";
    }

    private static String figures(ClassificationReport report) {
        return figure("accuracy", report.accuracy())
                + figure("macro F1", report.macroF1())
                + figure("calibration error", report.calibrationError())
                + "<div><b>" + report.texts() + "</b>texts</div>";
    }

    private static String figure(String name, double value) {
        return "<div><b>" + decimal(value) + "</b>" + name + "</div>";
    }

    private static String classes(ClassificationReport report) {
        return table(
                "Labels",
                List.of("Label", "#Precision", "#Recall", "#F1", "#Texts"),
                report.classes().stream()
                        .map(one -> List.of(
                                escaped(one.label()),
                                decimal(one.score().precision()),
                                decimal(one.score().recall()),
                                decimal(one.score().f1()),
                                Long.toString(one.texts())))
                        .toList());
    }

    private static String confusions(ClassificationReport report) {
        return table(
                "Most often confused",
                List.of("Right", "Told", "#Times"),
                report.confusions().stream()
                        .map(pair -> List.of(escaped(pair.right()), escaped(pair.told()), Long.toString(pair.times())))
                        .toList());
    }

    private static String calibration(ClassificationReport report) {
        return table(
                "As sure as right",
                List.of("Confidence", "#Mean", "#Told", "#Right", "#Share right", "Share right"),
                report.calibration().stream()
                        .filter(bin -> bin.told() > 0)
                        .map(ReportPage::bin)
                        .toList());
    }

    private static List<String> bin(ClassificationReport.Bin bin) {
        double share = bin.right() / (double) bin.told();
        return List.of(
                String.format(Locale.ROOT, "%.1f to %.1f", bin.from(), bin.from() + 1.0 / ClassificationReport.BINS),
                decimal(bin.confidence()),
                Long.toString(bin.told()),
                Long.toString(bin.right()),
                decimal(share),
                "<meter value=\"" + decimal(share) + "\"></meter>");
    }

    private static String mistakes(ClassificationReport report) {
        return table(
                "Surest mistakes",
                List.of("#Line", "Right", "Told", "#Confidence", "Text"),
                report.mistakes().stream()
                        .map(mistake -> List.of(
                                Long.toString(mistake.line()),
                                escaped(ReportText.joined(mistake.right())),
                                escaped(mistake.told()),
                                decimal(mistake.confidence()),
                                escaped(mistake.text())))
                        .toList());
    }

    /** @param columns their titles; those of numbers begin with # */
    private static String table(String title, List<String> columns, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        var html = new StringBuilder("<h2>" + title + "</h2>\n<table>\n<tr>");
        columns.forEach(column -> html.append(cell("th", column, column.replaceFirst("^#", ""))));
        html.append("</tr>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append(cell("td", columns.get(i), row.get(i)));
            }
            html.append("</tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    private static String cell(String tag, String column, String content) {
        String style = column.startsWith("#") ? " class=\"number\"" : "";
        return "<" + tag + style + ">" + content + "</" + tag + ">";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String escaped(String value) {
        return StringEscapeUtils.escapeHtml4(value);
    }
}
