package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * The ledger of questions.
 *
 * @param tabs by whether they are answered
 * @param figures what is to be seen to first
 * @param form what narrows the list
 * @param none address of the list without any filter
 * @param sheet address of the sheet of the offer that is chosen, if one is
 * @param groups what is found, under heads where there are several kinds
 * @param notice instead of groups, when there are none
 */
public record QuestionsView(
        Frame frame,
        List<Tab> tabs,
        List<Figure> figures,
        Form form,
        List<Chip> chips,
        String none,
        Optional<String> sheet,
        List<Group> groups,
        Optional<Notice> notice,
        Optional<String> before,
        Optional<String> after,
        String page) {
    public QuestionsView {
        tabs = List.copyOf(tabs);
        figures = List.copyOf(figures);
        chips = List.copyOf(chips);
        groups = List.copyOf(groups);
    }

    /** One kind of questions and how many there are. */
    public record Tab(String text, String count, String address, boolean isHere) {}

    /**
     * What can be asked for.
     *
     * @param state as the address says it; empty for what is usual
     * @param offers ids and names
     * @param owners as they were written
     */
    public record Form(String words, String state, String mark, List<Choice> offers, List<Choice> owners) {
        public Form {
            offers = List.copyOf(offers);
            owners = List.copyOf(owners);
        }
    }

    /** One value of a field. */
    public record Choice(String value, String text, boolean isChosen) {}

    /**
     * Questions of one kind.
     *
     * @param title empty when there is only one kind
     */
    public record Group(String title, List<QuestionCard> questions) {
        public Group {
            questions = List.copyOf(questions);
        }
    }
}
