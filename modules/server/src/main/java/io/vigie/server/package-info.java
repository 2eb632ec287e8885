/**
 * The HTTP face of Vigie: events and offers in, searches, health, metrics and the search page out.
 *
 * <p>Promises: an event is reported as accepted only after Kafka has acknowledged it; whatever is refused is named with
 * its reason, and one bad event never holds up the others; every error is an RFC 9457 problem document and none of them
 * shows what is inside; a request finishes within its limits or is refused. Each route says what it asks of whom
 * ({@code RouteRules}); while nobody is asked, only loopback addresses are served. In any case clients must name a known host,
 * so that no web page elsewhere can reach in.
 *
 * <p>Javalin is known only to {@link io.vigie.server.HttpServer} and {@code Routes}; an endpoint takes plain values and
 * answers with a {@code Document} or throws a {@code Refusal}, which never leaves this package.
 */
@NullMarked
package io.vigie.server;

import org.jspecify.annotations.NullMarked;
