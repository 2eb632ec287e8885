package io.vigie.server;

import io.javalin.http.Context;
import io.vigie.server.page.Appearance;
import io.vigie.server.page.Language;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where browsers come in: reads what a page is asked for, in which language and appearance, and writes its answer. Both
 * are taken from the address ({@code lang}, {@code look}) and remembered in a cookie, so they work without scripts.
 */
final class PageDoor {
    private static final Logger log = LoggerFactory.getLogger(PageDoor.class);
    private static final String LANGUAGE = "lang";
    private static final String APPEARANCE = "look";
    private static final String COOKIE = "vigie-";
    private static final String REMEMBERED = "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly";

    private final Pages pages;
    private final Doorkeeper doorkeeper;

    PageDoor(Pages pages, Doorkeeper doorkeeper) {
        this.pages = pages;
        this.doorkeeper = doorkeeper;
    }

    /** A page. */
    interface Page {
        PageAnswer answer(PageRequest request) throws Refusal, IOException;
    }

    /** What writes its answer by itself. */
    interface Sending {
        Document answer(PageRequest request) throws Refusal, IOException;
    }

    Document answer(Context context, Upload upload, Page page) {
        PageRequest request = request(context, upload);
        PageAnswer answer = answer(request, page, context);
        answer.headers().forEach(context::header);
        return Document.html(answer.status(), answer.html()).counting(answer.count());
    }

    /**
     * Has an answer written; what is refused before that is said with a page.
     *
     * @param back where whoever is refused may go on
     */
    Document sent(Context context, Upload upload, Sending sending, Function<PageRequest, Optional<Notice.Tip>> back)
            throws IOException {
        PageRequest request = request(context, upload);
        try {
            return sending.answer(request);
        } catch (Refusal refusal) {
            PageAnswer answer = pages.refused(request, refusal.problem(), "", back.apply(request));
            return Document.html(answer.status(), answer.html());
        }
    }

    /** Says that a request found no page, or may not be made of it. */
    Document refused(Context context, Problem problem) {
        var none = new Upload(null, null, 0, InputStream.nullInputStream());
        PageAnswer answer = pages.refused(request(context, none), problem, "");
        return Document.html(answer.status(), answer.html());
    }

    private PageAnswer answer(PageRequest request, Page page, Context context) {
        String id = Objects.requireNonNullElse(context.res().getHeader(RequestIds.HEADER), "");
        try {
            return page.answer(request);
        } catch (Refusal refusal) {
            return pages.refused(request, refusal.problem(), id);
        } catch (IOException | RuntimeException e) {
            log.error("page failed; requestId={} path={}", id, context.endpoint().path, e);
            return pages.refused(request, Problem.of(Fault.INTERNAL, ""), id);
        }
    }

    private PageRequest request(Context context, Upload upload) {
        Language language = chosen(context, LANGUAGE, Language::of).orElse(Language.FRENCH);
        Appearance appearance = chosen(context, APPEARANCE, Appearance::of).orElse(Appearance.AUTO);
        return new PageRequest(
                context.path(),
                context.pathParamMap(),
                query(context),
                new Wording(language, pages.zone()),
                appearance,
                swap(context),
                doorkeeper.user(context),
                upload);
    }

    /** From the address, which is remembered, or from the cookie. */
    private static <T> Optional<T> chosen(Context context, String name, Function<String, Optional<T>> of) {
        String given = context.queryParam(name);
        if (given != null && of.apply(given).isPresent()) {
            context.res().addHeader("Set-Cookie", COOKIE + name + "=" + given + REMEMBERED);
            return of.apply(given);
        }
        String remembered = context.cookie(COOKIE + name);
        return remembered == null ? Optional.empty() : of.apply(remembered);
    }

    /** What is left when language and appearance are taken. */
    private static String query(Context context) {
        String all = context.queryString();
        if (all == null || all.isEmpty()) {
            return "";
        }
        return Arrays.stream(all.split("&", -1))
                .filter(pair -> !pair.startsWith(LANGUAGE + "=") && !pair.startsWith(APPEARANCE + "="))
                .collect(Collectors.joining("&"));
    }

    private static Optional<PageRequest.Swap> swap(Context context) {
        if (context.header("HX-Request") == null || context.header("HX-History-Restore-Request") != null) {
            return Optional.empty();
        }
        return Optional.of(new PageRequest.Swap(
                header(context, "HX-Target"), header(context, "HX-Trigger-Name"), header(context, "HX-Current-URL")));
    }

    private static String header(Context context, String name) {
        return Objects.requireNonNullElse(context.header(name), "");
    }
}
