package io.vigie.server;

import io.vigie.server.page.Names;
import io.vigie.server.page.Wording;

/** What a file says of what it holds: in the codes that programs know, or in the words of a page. */
interface ExportWords {
    String heading(ExportCsv.Column column);

    /**
     * What a code is called.
     *
     * @param dimension as in {@link Names#value}
     */
    String value(String dimension, String code);

    String flag(boolean value);

    /** Begins the last row, before how many there were. */
    String exported();

    /** Ends the last row. */
    String complete();

    /**
     * As they are kept.
     *
     * @param french whether headings are French, and yes and no
     */
    static ExportWords codes(boolean french) {
        return new ExportWords() {
            @Override
            public String heading(ExportCsv.Column column) {
                return french ? column.french() : column.name();
            }

            @Override
            public String value(String dimension, String code) {
                return code;
            }

            @Override
            public String flag(boolean value) {
                if (french) {
                    return value ? "oui" : "non";
                }
                return Boolean.toString(value);
            }

            @Override
            public String exported() {
                return "#exported";
            }

            @Override
            public String complete() {
                return "complete";
            }
        };
    }

    /** As the pages say it. */
    static ExportWords of(Wording in, Names names) {
        return new ExportWords() {
            @Override
            public String heading(ExportCsv.Column column) {
                return in.say("field." + column.field());
            }

            @Override
            public String value(String dimension, String code) {
                return names.value(dimension, code, in);
            }

            @Override
            public String flag(boolean value) {
                return in.say(value ? "export.yes" : "export.no");
            }

            @Override
            public String exported() {
                return "#" + in.say("export.exported");
            }

            @Override
            public String complete() {
                return in.say("export.complete");
            }
        };
    }
}
