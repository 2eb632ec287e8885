package io.vigie.server;

import io.vigie.events.Breach;
import io.vigie.events.Promise;

/**
 * What the API of promises and breaches needs.
 *
 * @param promises dated promises of agents
 * @param breaches contacts against a customer's wish
 */
public record ContactLedgers(LedgerDirectory<Promise> promises, LedgerDirectory<Breach> breaches) {}
