package io.vigie.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what Jetty refuses before a route is reached, such as an address that is too long, as every other problem. */
final class ProblemErrorHandler implements Request.Handler {
    private static final Logger log = LoggerFactory.getLogger(ProblemErrorHandler.class);

    private static final String UNREADABLE = "/badMessage";

    private final RequestIds ids;

    ProblemErrorHandler(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? HttpStatus.INTERNAL_SERVER_ERROR_500 : response.getStatus();
        String id = ids.next();
        if (status >= 500 && request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable cause) {
            log.error("request failed; requestId={} status={}", id, status, cause);
        }
        Document document = Problem.ofStatus(status, detail(status)).document(path(request), id);
        response.setStatus(status);
        SecurityHeaders.DATA.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(RequestIds.HEADER, id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, document.mediaType());
        response.write(true, ByteBuffer.wrap(document.body()), callback);
        return true;
    }

    private static String detail(int status) {
        return switch (status) {
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "address and headers may have " + HttpServer.REQUEST_HEADER_BYTES_MAX
                        + " bytes together; shorten the query";
            case HttpStatus.BAD_REQUEST_400 -> "this is not well-formed HTTP";
            default -> Fault.ofStatus(status).title;
        };
    }

    /** Empty for what could not be read: Jetty puts a path of its own there. */
    private static String path(Request request) {
        HttpURI uri = request.getHttpURI();
        String path = uri == null ? null : uri.getPath();
        return path == null || path.equals(UNREADABLE) ? "" : path;
    }
}
