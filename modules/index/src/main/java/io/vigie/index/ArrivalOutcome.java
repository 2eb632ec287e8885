package io.vigie.index;

/** What has arrived, or why it was not looked for. */
public sealed interface ArrivalOutcome permits Arrivals, Refused {}
