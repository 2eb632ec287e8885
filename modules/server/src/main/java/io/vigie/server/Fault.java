package io.vigie.server;

/** Every kind of problem a client can meet: its status, the stable code in its type, and its title. */
enum Fault {
    BAD_REQUEST(400, "bad-request", "The request is wrong"),
    BAD_PARAMETER(400, "bad-parameter", "A parameter is wrong"),
    QUERY_SYNTAX(400, "query-syntax", "The query is not well formed"),
    NOTHING_ACCEPTED(400, "nothing-accepted", "No event was accepted"),
    BAD_JSON(400, "bad-json", "The body is not the JSON that is expected here"),
    UNAUTHENTICATED(401, "unauthenticated", "Nobody knows who you are"),
    FOREIGN(403, "foreign", "This server does not answer to that host or origin"),
    FORBIDDEN(403, "forbidden", "Your roles do not allow this"),
    NOT_FOUND(404, "not-found", "There is nothing here"),
    BAD_METHOD(405, "bad-method", "That method does not work here"),
    CONFLICT(409, "conflict", "This was said before, and otherwise"),
    CURSOR_EXPIRED(410, "cursor-expired", "The pages of this search are no longer kept"),
    TOO_LARGE(413, "too-large", "The request is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
    BAD_MEDIA_TYPE(415, "bad-media-type", "The body comes in a form that is not read here"),
    // Not 408: clients and proxies send a request again on their own after a 408, and the same query would be as slow.
    QUERY_TOO_COSTLY(422, "query-too-costly", "The query costs too much"),
    BUSY(429, "busy", "Too much at once"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large"),
    INTERNAL(500, "internal", "Something broke inside"),
    UNAVAILABLE(503, "unavailable", "Not available right now");

    final int status;
    final String code;
    final String title;

    Fault(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    /** The fault for a status that Javalin or Jetty chose. */
    static Fault ofStatus(int status) {
        for (Fault fault : values()) {
            if (fault.status == status) {
                return fault;
            }
        }
        return status < 500 ? BAD_REQUEST : INTERNAL;
    }
}
