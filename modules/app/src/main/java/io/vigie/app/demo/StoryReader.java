package io.vigie.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigie.events.Channel;
import io.vigie.events.Direction;
import io.vigie.events.Offer;
import io.vigie.events.Speaker;
import io.vigie.events.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the resources of the story. They ship with the program, so that a mistake in them is a broken build. */
final class StoryReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVERY_CUSTOMER = 240;

    private StoryReader() {}

    static List<Offer> offers() {
        return elements(tree("offers.json")).map(StoryReader::offer).toList();
    }

    static List<Scene> scenes() {
        return elements(tree("scenes.json")).map(StoryReader::scene).toList();
    }

    static Cast cast() {
        var cast = tree("cast.json");
        return new Cast(
                strings(cast, "firstNames"),
                strings(cast, "lastNames"),
                elements(cast.required("regions"))
                        .map(region -> new Cast.Region(string(region, "name"), strings(region, "towns")))
                        .toList(),
                strings(cast, "streets"),
                strings(cast, "cards"),
                strings(cast, "ibans"));
    }

    static Asides asides() {
        var byLanguage = new HashMap<String, Asides.ByRegister>();
        tree("asides.json")
                .properties()
                .forEach(language -> byLanguage.put(language.getKey(), register(language.getValue())));
        return new Asides(byLanguage);
    }

    static String tour() {
        try (var in = open("tour.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource tour.txt", e);
        }
    }

    private static Offer offer(JsonNode offer) {
        return Offer.newBuilder()
                .setOfferId(string(offer, "offerId"))
                .setName(string(offer, "name"))
                .setAliases(strings(offer, "aliases"))
                .setSegment(string(offer, "segment"))
                .setOwner(optional(offer, "owner").orElse(null))
                .setLaunchedAt(startOf(string(offer, "launchedAt")))
                .setRetiredAt(
                        optional(offer, "retiredAt").map(StoryReader::startOf).orElse(null))
                .build();
    }

    private static Instant startOf(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Scene scene(JsonNode scene) {
        var id = string(scene, "id");
        return new Scene(
                id,
                optional(scene, "region"),
                scene.path("customers").asInt(EVERY_CUSTOMER),
                scene.path("everyDay").asBoolean(false),
                scene.path("asides").asBoolean(true),
                elements(scene.required("days")).map(StoryReader::span).toList(),
                texts("texts/" + id + ".jsonl"));
    }

    private static Scene.Span span(JsonNode span) {
        return new Scene.Span(
                span.required("from").intValue(),
                span.required("to").intValue(),
                span.required("mean").doubleValue());
    }

    private static List<Words> texts(String resource) {
        try (var in = open(resource);
                var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            var texts = new ArrayList<Words>();
            while (lines.hasNext()) {
                texts.add(words(lines.next()));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }

    private static Words words(JsonNode line) {
        var about = new Words.About(
                string(line, "language"),
                string(line, "offer"),
                optional(line, "prefers").map(Channel::valueOf),
                line.path("from").asInt(-DemoStory.DAYS));
        var kind = string(line, "kind");
        return switch (kind) {
            case "ticket" -> written(line, about);
            case "call" -> spoken(line, about);
            case "survey" -> new Words.Rated(about, score(line, "nps"), score(line, "csat"), string(line, "text"));
            default -> throw new IllegalStateException("no kind of text named " + kind);
        };
    }

    private static Words written(JsonNode line, Words.About about) {
        return new Words.Written(
                about,
                Channel.valueOf(string(line, "channel")),
                optional(line, "subject"),
                string(line, "text"),
                optional(line, "reply"),
                optional(line, "again"));
    }

    private static Words spoken(JsonNode line, Words.About about) {
        var turns = elements(line.required("turns")).map(StoryReader::turn).toList();
        return new Words.Spoken(about, Direction.valueOf(string(line, "direction")), string(line, "queue"), turns);
    }

    /** A turn is written as {@code {"CUSTOMER": "Hello"}}: one property, its speaker. */
    private static Turn turn(JsonNode turn) {
        var said = turn.properties().iterator().next();
        return new Turn(Speaker.valueOf(said.getKey()), 0L, said.getValue().textValue());
    }

    private static Optional<Integer> score(JsonNode line, String field) {
        return line.has(field) ? Optional.of(line.get(field).intValue()) : Optional.empty();
    }

    private static Asides.ByRegister register(JsonNode register) {
        return new Asides.ByRegister(
                strings(register, "written"),
                strings(register, "quick"),
                strings(register, "spoken"),
                strings(register, "survey"));
    }

    private static String string(JsonNode node, String field) {
        return node.required(field).asText();
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return node.has(field) ? Optional.of(string(node, field)) : Optional.empty();
    }

    private static List<String> strings(JsonNode node, String field) {
        return elements(node.required(field)).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.valueStream();
    }

    private static JsonNode tree(String resource) {
        try (var in = open(resource)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }

    private static InputStream open(String resource) {
        var in = StoryReader.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("the resource " + resource + " is not in the program");
        }
        return in;
    }
}
