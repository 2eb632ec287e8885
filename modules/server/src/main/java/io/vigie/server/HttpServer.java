package io.vigie.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vigie.events.EventRules;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.access.Access;
import io.vigie.server.access.AuditLog;
import io.vigie.server.access.AuditTrail;
import io.vigie.server.access.Exposure;
import io.vigie.server.page.Section;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server. Closing it lets requests under way finish within a bounded time. */
public final class HttpServer implements AutoCloseable {
    /** Room for the longest query that is read, 4 KiB of text of which every byte may be percent-encoded. */
    static final int REQUEST_HEADER_BYTES_MAX = 32 * 1024;

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(10);
    private static final Duration IDLE_MAX = Duration.ofSeconds(60);
    /** Besides those that go on for as long as their client listens. */
    private static final int REQUESTS_AT_ONCE_MAX = 256;

    private final Javalin javalin;
    private final Routes routes;
    private final Runnable ending;

    /** @param ending lets go the requests that would never end by themselves */
    private HttpServer(Javalin javalin, Routes routes, Runnable ending) {
        this.ending = ending;
        this.javalin = javalin;
        this.routes = routes;
    }

    /**
     * What the server shows.
     *
     * @param presentation what the pages know besides what is indexed
     */
    public record Sources(
            VerbatimIndex index,
            OfferDirectory offers,
            ContactLedgers ledgers,
            SignalDirectory signals,
            DeadLetterDirectory deadLetters,
            Presentation presentation) {}

    /**
     * What takes what is sent to the server.
     *
     * @param events gets what is accepted
     * @param rules decides what is
     * @param writes knows when it is searchable
     */
    public record Sinks(
            EventSink events,
            EventRules rules,
            ReadYourWrites writes,
            Alerting alerting,
            Erasing erasing,
            ClosedLoop loop) {}

    /**
     * Who may come in, and what is written down of what is done.
     *
     * @param trail where it is written; empty: nowhere
     * @param log where it is read
     */
    public record Guard(Access access, Optional<AuditTrail> trail, AuditLog log) {}

    /**
     * Starts listening.
     *
     * @param sources what is read; stays the caller's to close
     * @param sinks what takes what is sent here; stays the caller's to close too
     * @param guard who may come in, and what is written down of it
     * @param meters this server's meters are registered here, and all of them are shown at {@code /metrics}
     * @throws ServerException when the port is taken, or the host may be reached from elsewhere and must not be
     */
    public static HttpServer start(
            ServerSettings settings,
            Sources sources,
            Sinks sinks,
            Guard guard,
            Health health,
            PrometheusMeterRegistry meters,
            InstantSource clock)
            throws ServerException {
        var port = new AtomicInteger(settings.port());
        var ids = new RequestIds(clock);
        var metrics = new ServerMetrics(meters);
        VerbatimIndex index = sources.index();
        OfferDirectory offers = sources.offers();
        ReadYourWrites writes = sinks.writes();
        Alerting alerting = sinks.alerting();
        ClosedLoop loop = sinks.loop();
        var searches = new SearchEndpoint(settings, index, writes, metrics, clock);
        var live = new LiveEndpoint(index, searches, writes, meters);
        var liveAlerts = new LiveAlertsEndpoint(alerting, searches, index, clock);
        var recurrences = new RecurrenceCheck(searches, clock);
        var actions = new ActionsEndpoint(loop, offers, searches, recurrences, settings.acknowledgeMax(), clock);
        var saved = new SearchesEndpoint(alerting, searches, settings.acknowledgeMax(), clock);
        var questions = new Questions(loop, offers);
        var sheets = new OfferSheets(questions, offers, searches, clock);
        var feed = new ReturnFeed(loop, searches, recurrences);
        Access access = guard.access();
        var gate = new Gate(settings.names(), port::get);
        var journal = new Journal(guard.trail(), clock);
        var doorkeeper = new Doorkeeper(access, gate, journal);
        var exports = new ExportEndpoint(index, searches, writes, metrics, clock);
        var routes = new Routes(gate, doorkeeper, journal, ids, new OperationsEndpoint(health, meters))
                .serving(
                        new EventsEndpoint(settings, sinks.events(), sinks.rules(), writes, metrics),
                        searches,
                        new CompareEndpoint(searches, index, metrics, clock),
                        exports,
                        live,
                        new OffersEndpoint(offers, sinks.events(), settings.acknowledgeMax()),
                        saved,
                        liveAlerts,
                        new ErasureEndpoint(sinks.erasing(), index, settings.acknowledgeMax(), clock),
                        new SignalsEndpoint(sources.signals()))
                .ledgers(new ContactsEndpoint(sources.ledgers(), offers))
                .closingTheLoop(
                        actions,
                        new QuestionsEndpoint(questions, sheets, offers, searches, actions, clock),
                        new FeedsEndpoint(feed, searches));
        var pages = new Pages(sources.presentation(), offers, index, health, clock);
        var door = new PageDoor(pages, doorkeeper);
        var privacy = new SearchPrivacy(sources.presentation().personal());
        var alerts = new AlertTelling(pages, alerting);
        var savedPage = new SavedSearchPage(pages, searches, alerting, alerts);
        var forms = new SearchForms(pages, saved, privacy, savedPage);
        var offerPages = OfferPages.of(
                pages,
                new OfferPages.Sources(searches, offers, sources.ledgers(), sources.signals(), loop, recurrences),
                new OfferPages.Actors(saved, actions));
        var all = new HashMap<>(offerPages.pages());
        all.putAll(Map.of(
                SearchState.PATH,
                new SearchPage(pages, searches, alerting, privacy)::page,
                Section.ALERTS.address(),
                new AlertsPage(pages, searches, alerting, alerts)::page,
                Section.ALERTS.address() + "/{id}",
                savedPage::page,
                "/verbatims/{id}",
                new VerbatimPage(pages, searches, privacy)::page));
        routes.pages(door, all)
                .forms(
                        door,
                        Map.of(
                                "/recherches",
                                forms::save,
                                "/recherches/{id}" + SavedSearchPage.RENAMES,
                                forms::rename,
                                "/recherches/{id}" + SavedSearchPage.REMOVES,
                                forms::remove))
                .forms(door, offerPages.forms());
        routes.files(new ExportPage(pages, door, exports));
        var themePages = ThemePages.of(pages, searches, sources.presentation().trial());
        routes.pages(door, themePages.pages()).forms(door, themePages.forms());
        var loopPages = LoopPages.of(
                pages,
                new LoopPages.Sources(questions, sheets, feed, actions, loop, offers, searches),
                new OperationsPage(
                        pages,
                        health,
                        writes,
                        index,
                        sources.deadLetters(),
                        new Meters(meters),
                        sources.presentation().replay().isPresent()),
                new DeadLettersPage(pages, sources.deadLetters()));
        routes.pages(door, loopPages.pages()).forms(door, loopPages.forms());
        routes.access(
                door, new LoginPages(pages, door, doorkeeper, access, journal), new JournalPage(pages, guard.log()));
        sources.presentation()
                .replay()
                .map(replay -> new ReplayPage(pages, replay))
                .ifPresent(page -> routes.pages(door, Map.of(ReplayPage.PATH, page::page))
                        .forms(door, Map.of(ReplayPage.PATH, page::send)));
        Runnable ending = () -> {
            live.close();
            liveAlerts.close();
        };
        return listen(settings, access, routes, ending, ids, port);
    }

    /**
     * Starts listening for what operations ask, of a role without an index: health and metrics.
     *
     * @throws ServerException as {@link #start}
     */
    public static HttpServer startOperations(
            ServerSettings settings, Access access, Health health, PrometheusMeterRegistry meters, InstantSource clock)
            throws ServerException {
        var port = new AtomicInteger(settings.port());
        var ids = new RequestIds(clock);
        var gate = new Gate(settings.names(), port::get);
        var journal = new Journal(Optional.empty(), clock);
        var routes = new Routes(
                gate, new Doorkeeper(access, gate, journal), journal, ids, new OperationsEndpoint(health, meters));
        return listen(settings, access, routes, () -> {}, ids, port);
    }

    private static HttpServer listen(
            ServerSettings settings, Access access, Routes routes, Runnable ending, RequestIds ids, AtomicInteger port)
            throws ServerException {
        requireMayListen(settings.host(), access.exposure());
        var javalin = Javalin.create(config -> configure(config, settings, routes, ids));
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new ServerException(
                    "cannot listen on " + settings.host() + " port " + settings.port() + " (" + reason(e)
                            + "); stop what uses it or set http.port to another",
                    e);
        }
        port.set(javalin.port());
        log.info("listening; url=http://{}:{}/", settings.host(), port);
        return new HttpServer(javalin, routes, ending);
    }

    /** The port it listens on; the one chosen when the settings asked for any. */
    public int port() {
        return javalin.port();
    }

    /** All routes, as method and path. */
    List<String> routes() {
        return routes.table().stream()
                .map(route -> route.method().name() + " " + route.path())
                .toList();
    }

    @Override
    public void close() {
        ending.run();
        javalin.stop();
    }

    /**
     * Refuses an address that may not be listened on, as {@link #start} does; to be asked before anything else is started.
     *
     * @throws ServerException when other machines can reach it, and must not
     */
    public static void requireMayListen(String host, Exposure exposure) throws ServerException {
        var refused = exposure.refuses(host);
        if (refused.isPresent()) {
            throw new ServerException(refused.get());
        }
    }

    private static void configure(JavalinConfig config, ServerSettings settings, Routes routes, RequestIds ids) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.threadPool = new VirtualThreadPool(REQUESTS_AT_ONCE_MAX + LiveEndpoint.CLIENTS_MAX);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(REQUEST_HEADER_BYTES_MAX);
            http.setIdleTimeout(IDLE_MAX.toMillis());
        });
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new ProblemErrorHandler(ids));
            server.insertHandler(new GracefulHandler());
            server.setStopTimeout(DRAIN_MAX.toMillis());
        });
        config.router.javaLangErrorHandler(routes::broken);
        routes.register(config.routes);
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
