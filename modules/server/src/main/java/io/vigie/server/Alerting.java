package io.vigie.server;

/**
 * What the API of saved searches needs.
 *
 * @param searches what is saved
 * @param alerts what they found of late
 * @param deliveries how far that is delivered
 * @param sink where what is saved goes
 * @param webhooks which addresses alerts may be posted to
 */
public record Alerting(
        SearchDirectory searches,
        AlertDirectory alerts,
        DeliveryDirectory deliveries,
        SearchSink sink,
        WebhookRule webhooks) {}
