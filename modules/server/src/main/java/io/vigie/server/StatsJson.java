package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.index.Stats;
import java.io.IOException;
import java.util.OptionalDouble;

/** How the sums of a result look to clients. A mean of nothing is left out. */
final class StatsJson {
    private StatsJson() {}

    static void write(JsonGenerator out, Stats stats) throws IOException {
        out.writeObjectFieldStart("stats");
        number(out, "sentiment", stats.sentiment());
        out.writeNumberField("severe", stats.severe());
        out.writeNumberField("churn", stats.churn());
        out.writeObjectFieldStart("nps");
        number(out, "score", stats.nps());
        out.writeNumberField("answers", stats.npsAnswers());
        out.writeNumberField("promoters", stats.promoters());
        out.writeNumberField("passives", stats.passives());
        out.writeNumberField("detractors", stats.detractors());
        out.writeEndObject();
        out.writeObjectFieldStart("csat");
        number(out, "mean", stats.csat());
        out.writeNumberField("answers", stats.csatAnswers());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void number(JsonGenerator out, String field, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            out.writeNumberField(field, value.getAsDouble());
        }
    }
}
