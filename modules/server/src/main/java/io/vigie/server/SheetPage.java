package io.vigie.server;

import io.vigie.events.Offer;
import io.vigie.index.Count;
import io.vigie.server.OfferSheets.Sheet;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Fact;
import io.vigie.server.page.Figure;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Section;
import io.vigie.server.page.SheetView;
import io.vigie.server.page.Table;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /offres/{id}/fiche}: what an agent needs to know of an offer. */
final class SheetPage {
    private final Pages pages;
    private final LoopCards cards;
    private final OfferSheets sheets;
    private final SearchEndpoint search;

    /** @param search whose refusals these are too */
    SheetPage(Pages pages, LoopCards cards, OfferSheets sheets, SearchEndpoint search) {
        this.pages = pages;
        this.cards = cards;
        this.sheets = sheets;
        this.search = search;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        search.read(() -> Parameters.of(request.query(), Set.of(), ""));
        String offerId = request.place("id");
        Wording in = request.wording();
        Sheet sheet = sheets.sheet(offerId);
        Offer offer = sheet.offer();
        String list = Section.QUESTIONS.address() + "?offer=" + Addresses.encoded(offerId);
        var view = new SheetView(
                pages.frame(
                        request,
                        in.say("sheet.title", offer.getName()),
                        Optional.of(Section.QUESTIONS),
                        LoopPages.STYLE),
                offerId,
                offer.getName(),
                offer.getRetiredAt()
                        .filter(at -> !at.isAfter(pages.now()))
                        .map(at -> in.say("sheet.retired", in.day(at))),
                facts(offer, in),
                List.of(
                        Figure.of(
                                in.count("sheet.answered", sheet.answered()),
                                in.number(sheet.answered()),
                                list + "&state=answered"),
                        Figure.of(in.count("sheet.open", sheet.open()), in.number(sheet.open()), list + "&state=open"),
                        Figure.of(
                                in.count("sheet.complaints", sheet.complaints()),
                                in.number(sheet.complaints()),
                                SearchLinks.of(sheet.searched(), pages.zone()))),
                sheet.answers().stream().map(each -> cards.card(each, in)).toList(),
                sheet.answers().size() < sheet.answered()
                        ? Optional.of(in.count(
                                "sheet.more", sheet.answered() - sheet.answers().size()))
                        : Optional.empty(),
                sheet.answers().isEmpty() ? Optional.of(notice(sheet, list, in)) : Optional.empty(),
                sheet.themes().isEmpty() ? Optional.empty() : Optional.of(themes(sheet, in)));
        return PageAnswer.page(Templates.sheet(view));
    }

    private static List<Fact> facts(Offer offer, Wording in) {
        var facts = new ArrayList<Fact>();
        if (!offer.getAliases().isEmpty()) {
            facts.add(Fact.of(in.say("sheet.aliases"), String.join(", ", offer.getAliases())));
        }
        OfferTelling.segment(offer, in).ifPresent(name -> facts.add(Fact.of(in.say("sheet.segment"), name)));
        offer.getOwner().ifPresent(owner -> facts.add(Fact.of(in.say("questions.owned"), owner)));
        offer.getLaunchedAt().ifPresent(at -> facts.add(Fact.of(in.say("sheet.launched"), in.day(at))));
        offer.getRetiredAt().ifPresent(at -> facts.add(Fact.of(in.say("sheet.retires"), in.day(at))));
        facts.add(Fact.of(in.say("sheet.id"), offer.getOfferId(), LoopCards.offerAddress(offer.getOfferId())));
        return facts;
    }

    private static Notice notice(Sheet sheet, String list, Wording in) {
        var tip = sheet.open() == 0
                ? Notice.tip(in.say("sheet.none.asked"))
                : Notice.way(in.count("sheet.none.open", sheet.open()), list + "&state=open");
        return new Notice(Notice.Kind.EMPTY, in.say("sheet.none"), List.of(tip));
    }

    private Table themes(Sheet sheet, Wording in) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Count theme : sheet.themes()) {
            rows.add(List.of(
                    Table.cell(pages.names().theme(theme.value(), in)),
                    Table.cell(in.number(theme.count()), SearchLinks.of(sheet.searched(theme), pages.zone())),
                    Table.cell(in.percent(sheet.complaints() == 0 ? 0 : (double) theme.count() / sheet.complaints()))));
        }
        return new Table(
                in.say("sheet.themes"),
                List.of(
                        new Table.Head(in.say("themes.theme"), false),
                        new Table.Head(in.say("sheet.themes.count"), true),
                        new Table.Head(in.say("themes.share"), true)),
                rows);
    }
}
