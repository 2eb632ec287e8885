package io.vigie.server;

import io.javalin.http.Context;
import io.vigie.server.access.Access;
import io.vigie.server.access.Deed;
import io.vigie.server.access.LocalPath;
import io.vigie.server.access.User;
import io.vigie.server.page.LoginView;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /connexion}: where people say who they are, and where they leave. Nothing of it needs a script. */
final class LoginPages {
    static final String BEGIN = Doorkeeper.LOGIN + "/oidc";
    static final String BACK = Doorkeeper.LOGIN + "/retour";
    static final String LEAVE = "/deconnexion";

    private static final String TOKEN = "jeton";
    private static final String HOME = "/";
    /** What ties a login at the issuer to the browser that began it. */
    private static final String COOKIE = "vigie-login";

    private static final int UNAUTHENTICATED = Fault.UNAUTHENTICATED.status;

    private final Pages pages;
    private final PageDoor door;
    private final Doorkeeper doorkeeper;
    private final Access access;
    private final Journal journal;

    LoginPages(Pages pages, PageDoor door, Doorkeeper doorkeeper, Access access, Journal journal) {
        this.pages = pages;
        this.door = door;
        this.doorkeeper = doorkeeper;
        this.access = access;
        this.journal = journal;
    }

    /** Where nobody is asked, nobody needs to log in. */
    Document page(Context context, Upload upload) {
        return door.answer(context, upload, request -> {
            String to = to(Parameters.of(request.query(), Set.of(Doorkeeper.TO), Doorkeeper.TO));
            return access.asks() ? PageAnswer.page(html(request, to, Optional.empty())) : PageAnswer.seeOther(HOME);
        });
    }

    /** The form with an API token. */
    Document token(Context context, Upload upload) {
        return door.answer(context, upload, request -> {
            Form form = Form.of(request, Set.of(TOKEN, Doorkeeper.TO), Doorkeeper.TO);
            String to = LocalPath.of(form.text(Doorkeeper.TO), HOME);
            return ended(
                    context,
                    request,
                    access.byToken(form.text(TOKEN), context.ip(), doorkeeper.session(context), to),
                    to);
        });
    }

    /** Leads the browser to the issuer. */
    Document begin(Context context, Upload upload) {
        return door.answer(context, upload, request -> {
            String to = to(Parameters.of(request.query(), Set.of(Doorkeeper.TO), Doorkeeper.TO));
            if (!access.hasIssuer()) {
                return PageAnswer.seeOther(Doorkeeper.LOGIN);
            }
            return switch (access.begin(redirect(context), context.ip(), to)) {
                case Access.Go(URI address, String browser) -> {
                    tie(context, browser);
                    yield PageAnswer.seeOther(address.toString());
                }
                case Access.Stop(Access.Login why) -> ended(context, request, why, to);
            };
        });
    }

    /** Where the issuer sends the browser back. What else it tells is not needed. */
    Document back(Context context, Upload upload) {
        return door.answer(context, upload, request -> {
            String state = Objects.requireNonNullElse(context.queryParam("state"), "");
            String code = Objects.requireNonNullElse(context.queryParam("code"), "");
            String browser = context.cookie(COOKIE);
            tie(context, "");
            Access.Login login = code.isEmpty()
                    ? access.refused(plain(context.queryParam("error")), state, browser)
                    : access.byCode(code, state, browser, doorkeeper.session(context));
            return ended(context, request, login, HOME);
        });
    }

    Document leave(Context context, Upload upload) {
        return door.answer(context, upload, request -> {
            String session = doorkeeper.session(context);
            if (session != null) {
                doorkeeper.user(context).ifPresent(user -> wrote(context, Optional.of(user), Deed.LOGOUT, 303));
                access.leave(session);
            }
            doorkeeper.give(context, "");
            return PageAnswer.seeOther(Doorkeeper.LOGIN);
        });
    }

    private PageAnswer ended(Context context, PageRequest request, Access.Login login, String to) throws IOException {
        Wording in = request.wording();
        return switch (login) {
            case Access.In(User user, String session, String wanted) -> {
                doorkeeper.give(context, session);
                wrote(context, Optional.of(user), Deed.LOGIN, 303);
                yield PageAnswer.seeOther(
                        wanted.equals(HOME)
                                ? Doorkeeper.visitor(Optional.of(user)).home()
                                : wanted);
            }
            case Access.Out(Access.Reason reason, String _) -> {
                if (access.isWorthALine(context.ip())) {
                    wrote(context, Optional.empty(), Deed.LOGIN_REFUSED, UNAUTHENTICATED);
                }
                yield PageAnswer.page(UNAUTHENTICATED, html(request, to, Optional.of(said(reason, in))))
                        .with(Map.of(Doorkeeper.CHALLENGE, "Bearer realm=\"vigie\""));
            }
            case Access.Wait(int seconds) ->
                PageAnswer.page(Fault.BUSY.status, html(request, to, Optional.of(in.say("login.wait", seconds))))
                        .with(Map.of("Retry-After", Integer.toString(seconds)));
        };
    }

    private static String said(Access.Reason reason, Wording in) {
        return switch (reason) {
            case TOKEN -> in.say("login.token.unknown");
            case REFUSED -> in.say("login.refused");
            case NO_ROLE -> in.say("login.norole");
            case STALE -> in.say("login.stale");
            case AWAY -> in.say("login.away");
        };
    }

    private String html(PageRequest request, String to, Optional<String> error) {
        var frame = pages.bareFrame(request, request.wording().say("login.title"), Optional.empty(), LoopPages.STYLE);
        return Templates.login(new LoginView(frame, access.hasIssuer(), access.hasTokens(), to, error));
    }

    private static String to(Parameters parameters) throws Refusal {
        return LocalPath.of(parameters.one(Doorkeeper.TO).orElse(HOME), HOME);
    }

    /** At the name by which the browser knows this server: the gate has made sure that it is ours. */
    private URI redirect(Context context) {
        URI here = URI.create("http://" + Objects.requireNonNullElse(context.header("Host"), ""));
        return access.publicUrl().orElse(here).resolve(BACK);
    }

    private void tie(Context context, String browser) {
        context.res()
                .addHeader(
                        "Set-Cookie",
                        COOKIE + "=" + browser + "; Path=" + Doorkeeper.LOGIN + "; HttpOnly; SameSite=Lax; Max-Age="
                                + (browser.isEmpty() ? 0 : 600)
                                + (access.exposure().https() ? "; Secure" : ""));
    }

    private void wrote(Context context, Optional<User> user, Deed deed, int status) {
        journal.write(context, user, deed, OptionalInt.of(status), Optional.empty());
    }

    /** It comes from the address, and goes into the log. */
    private static String plain(@Nullable String error) {
        String given = Objects.requireNonNullElse(error, "no code");
        return given.matches("[a-z_]{1,60}") ? given : "an unreadable error";
    }
}
