package io.vigie.server;

import java.util.OptionalInt;

/**
 * What is wrong with a request, as RFC 9457 says it.
 *
 * @param detail what was found and what to do, for the person who sent the request
 * @param retryAfterSeconds when it makes sense to send the same again
 * @param more writes further members of the document
 */
record Problem(Fault fault, int status, String detail, OptionalInt retryAfterSeconds, Document.Content more) {
    private static final String TYPE_PREFIX = "urn:vigie:problem:";
    private static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Fault fault, String detail) {
        return new Problem(fault, fault.status, detail, OptionalInt.empty(), out -> {});
    }

    /** A problem with a status of its own, for those that Jetty or Javalin found. */
    static Problem ofStatus(int status, String detail) {
        return new Problem(Fault.ofStatus(status), status, detail, OptionalInt.empty(), out -> {});
    }

    Problem retryAfter(int seconds) {
        return new Problem(fault, status, detail, OptionalInt.of(seconds), more);
    }

    Problem with(Document.Content members) {
        return new Problem(fault, status, detail, retryAfterSeconds, members);
    }

    /** @param instance the path of the request */
    Document document(String instance, String requestId) {
        return Document.json(status, MEDIA_TYPE, out -> {
            out.writeStartObject();
            out.writeStringField("type", TYPE_PREFIX + fault.code);
            out.writeStringField("title", fault.title);
            out.writeNumberField("status", status);
            out.writeStringField("detail", detail);
            out.writeStringField("instance", instance);
            out.writeStringField("requestId", requestId);
            more.write(out);
            out.writeEndObject();
        });
    }
}
