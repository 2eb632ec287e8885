package io.vigie.app.demo;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Everybody who may speak: a customer's name, town and numbers follow from the customer's place in the cast. */
record Cast(
        List<String> firstNames,
        List<String> lastNames,
        List<Region> regions,
        List<String> streets,
        List<String> cards,
        List<String> ibans) {
    /** Most customers of one offer in one region. */
    static final int CUSTOMERS_MAX = 1_000;

    record Region(String name, List<String> towns) {
        Region {
            towns = List.copyOf(towns);
        }
    }

    Cast {
        firstNames = List.copyOf(firstNames);
        lastNames = List.copyOf(lastNames);
        regions = List.copyOf(regions);
        streets = List.copyOf(streets);
        cards = List.copyOf(cards);
        ibans = List.copyOf(ibans);
    }

    /**
     * The {@code index}th customer of an offer, of {@code region} when there is one.
     *
     * @param offerIndex keeps the customers of two offers apart
     */
    Customer customer(int offerIndex, int index, Optional<String> region) {
        var home = region.map(this::regionIndex).orElse(index % regions.size());
        var number = (offerIndex * regions.size() + home) * CUSTOMERS_MAX + index;
        // A seed of its own, so that the same customer is the same person in every story.
        var random = new Random(number * 0x9E3779B97F4A7C15L);
        random.nextInt(); // close seeds have close first values
        return new Customer(
                "CL-" + (100_000 + number),
                pick(firstNames, random),
                pick(lastNames, random),
                regions.get(home),
                pick(regions.get(home).towns(), random),
                pick(streets, random),
                Phones.fixed(random),
                Phones.mobile(random),
                pick(cards, random),
                pick(ibans, random));
    }

    private int regionIndex(String name) {
        for (var i = 0; i < regions.size(); i++) {
            if (regions.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("no region named " + name + " in cast.json");
    }

    static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
