package io.vigie.server.page;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.vigie.server.page.templates.JtealertsGenerated;
import io.vigie.server.page.templates.JteaskedGenerated;
import io.vigie.server.page.templates.JtedeadlettersGenerated;
import io.vigie.server.page.templates.JtedecisionGenerated;
import io.vigie.server.page.templates.JtefoundpartGenerated;
import io.vigie.server.page.templates.JtehitspartGenerated;
import io.vigie.server.page.templates.JtejournalGenerated;
import io.vigie.server.page.templates.JteledgerGenerated;
import io.vigie.server.page.templates.JteloginGenerated;
import io.vigie.server.page.templates.JtemessageGenerated;
import io.vigie.server.page.templates.JteofferGenerated;
import io.vigie.server.page.templates.JteoffersGenerated;
import io.vigie.server.page.templates.JteoperationsGenerated;
import io.vigie.server.page.templates.JtequestionsGenerated;
import io.vigie.server.page.templates.JtereplayGenerated;
import io.vigie.server.page.templates.JtereturnsGenerated;
import io.vigie.server.page.templates.JtesavedsearchGenerated;
import io.vigie.server.page.templates.JtesearchGenerated;
import io.vigie.server.page.templates.JtesheetGenerated;
import io.vigie.server.page.templates.JtesignalGenerated;
import io.vigie.server.page.templates.JtesignalsGenerated;
import io.vigie.server.page.templates.JtethemeGenerated;
import io.vigie.server.page.templates.JtethemesGenerated;
import io.vigie.server.page.templates.JtetrialGenerated;
import io.vigie.server.page.templates.JteverbatimGenerated;
import io.vigie.server.page.templates.JteverbatimpartGenerated;

/** The templates, called as the methods they were compiled to. */
public final class Templates {
    private Templates() {}

    private interface Template {
        void render(HtmlTemplateOutput output);
    }

    public static String alerts(AlertsView view) {
        return html(output -> JtealertsGenerated.render(output, null, view));
    }

    public static String savedSearch(SavedSearchView view) {
        return html(output -> JtesavedsearchGenerated.render(output, null, view));
    }

    /** A page that has only something to tell. */
    public static String message(MessageView view) {
        return html(output -> JtemessageGenerated.render(output, null, view));
    }

    public static String search(SearchView view) {
        return html(output -> JtesearchGenerated.render(output, null, view));
    }

    /** The part of the search page that changes with what is asked. */
    public static String foundPart(SearchView view) {
        return html(output -> JtefoundpartGenerated.render(output, null, view));
    }

    /** The next verbatims of a search. */
    public static String hitsPart(SearchView view) {
        return html(output -> JtehitspartGenerated.render(output, null, view));
    }

    public static String verbatim(VerbatimView view) {
        return html(output -> JteverbatimGenerated.render(output, null, view));
    }

    /** What is around a verbatim, to be shown where it stands. */
    public static String verbatimPart(VerbatimView view) {
        return html(output -> JteverbatimpartGenerated.render(output, null, view));
    }

    public static String themes(ThemesView view) {
        return html(output -> JtethemesGenerated.render(output, null, view));
    }

    public static String theme(OneThemeView view) {
        return html(output -> JtethemeGenerated.render(output, null, view));
    }

    public static String trial(TrialView view) {
        return html(output -> JtetrialGenerated.render(output, null, view));
    }

    public static String offers(OffersView view) {
        return html(output -> JteoffersGenerated.render(output, null, view));
    }

    public static String offer(OneOfferView view) {
        return html(output -> JteofferGenerated.render(output, null, view));
    }

    /** The promises about an offer, or the contacts against a customer's wish. */
    public static String ledger(LedgerPageView view) {
        return html(output -> JteledgerGenerated.render(output, null, view));
    }

    public static String signals(SignalsView view) {
        return html(output -> JtesignalsGenerated.render(output, null, view));
    }

    public static String signal(OneSignalView view) {
        return html(output -> JtesignalGenerated.render(output, null, view));
    }

    public static String decision(DecisionView view) {
        return html(output -> JtedecisionGenerated.render(output, null, view));
    }

    public static String questions(QuestionsView view) {
        return html(output -> JtequestionsGenerated.render(output, null, view));
    }

    public static String asked(AskedView view) {
        return html(output -> JteaskedGenerated.render(output, null, view));
    }

    public static String sheet(SheetView view) {
        return html(output -> JtesheetGenerated.render(output, null, view));
    }

    public static String returns(ReturnsView view) {
        return html(output -> JtereturnsGenerated.render(output, null, view));
    }

    public static String operations(OperationsView view) {
        return html(output -> JteoperationsGenerated.render(output, null, view));
    }

    public static String login(LoginView view) {
        return html(output -> JteloginGenerated.render(output, null, view));
    }

    public static String journal(JournalView view) {
        return html(output -> JtejournalGenerated.render(output, null, view));
    }

    public static String deadLetters(DeadLettersView view) {
        return html(output -> JtedeadlettersGenerated.render(output, null, view));
    }

    public static String replay(ReplayView view) {
        return html(output -> JtereplayGenerated.render(output, null, view));
    }

    private static String html(Template template) {
        var text = new StringOutput();
        template.render(new OwaspHtmlTemplateOutput(text));
        return text.toString();
    }
}
