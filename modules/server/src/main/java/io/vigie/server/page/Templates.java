package io.vigie.server.page;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.vigie.server.page.templates.JtemessageGenerated;
import io.vigie.server.page.templates.JtethemesGenerated;

/** The templates, called as the methods they were compiled to. */
public final class Templates {
    private Templates() {}

    private interface Template {
        void render(HtmlTemplateOutput output);
    }

    /** A page that has only something to tell. */
    public static String message(MessageView view) {
        return html(output -> JtemessageGenerated.render(output, null, view));
    }

    public static String themes(ThemesView view) {
        return html(output -> JtethemesGenerated.render(output, null, view));
    }

    private static String html(Template template) {
        var text = new StringOutput();
        template.render(new OwaspHtmlTemplateOutput(text));
        return text.toString();
    }
}
