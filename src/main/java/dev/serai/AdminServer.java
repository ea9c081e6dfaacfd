package dev.serai;

import dev.serai.management.ManagementApi;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** What Camel's server of the admin port is told beyond its settings, so that the API answers in its own words, within its limits. */
final class AdminServer {
    private static final long MAX_BODY_BYTES = 1 << 20;
    private static final String PATHS = "/api/*";
    private static final String HOOKS = "/webhooks/*";
    private static final String HEALTH_PATH = "camel.management.health-path";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int UNAVAILABLE = 503;

    private AdminServer() {}

    /** To be called before routes are added, each of which takes the limit when it is made. */
    static void limitBodies(CamelContext context) {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server != null) {
            server.setMaxBodySize(MAX_BODY_BYTES);
        }
    }

    /** Adds what answers when no route does. */
    static void completeRouter(CamelContext context, ManagementApi api) {
        for (VertxPlatformHttpRouter router : context.getRegistry().findByType(VertxPlatformHttpRouter.class)) {
            if (router.isManagementServer()) {
                String health = context.resolvePropertyPlaceholders("{{" + HEALTH_PATH + "}}");
                completeHealth(router, health, () -> HealthReport.ofAll(context));
                completeHealth(router, health + "/ready", () -> HealthReport.ofReadiness(context));
                router.route(PATHS).order(-1).handler(AdminServer::begin);
                router.route(HOOKS).order(-1).handler(AdminServer::begin);
                router.route(PATHS)
                        .last()
                        .handler(call -> refuseUnknown(call, api, context))
                        .failureHandler(call -> answer(call, call.statusCode()));
            }
        }
    }

    /** Who wants more than the usual, such as {@code ?exposureLevel=full}, gets it from Camel. */
    private static void completeHealth(VertxPlatformHttpRouter router, String path, Supplier<HealthReport> report) {
        router.get(path)
                .order(-1)
                .blockingHandler(
                        call -> {
                            if (call.request().query() == null) {
                                answerHealth(call, report.get());
                            } else {
                                call.next();
                            }
                        },
                        false);
    }

    private static void answerHealth(RoutingContext call, HealthReport report) {
        call.response()
                .setStatusCode(report.isUp() ? OK : UNAVAILABLE)
                .putHeader("content-type", "application/json")
                .end(report.json().toString());
    }

    /** Vert.x would write a form's files to disk before anybody has looked at the key. */
    private static void begin(RoutingContext call) {
        // Here, because Camel's component sends no such header.
        call.response().putHeader("cache-control", "no-store").putHeader("x-content-type-options", "nosniff");
        String type = call.request().getHeader("content-type");
        String small = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        if (small.startsWith("multipart/") || small.startsWith("application/x-www-form-urlencoded")) {
            answer(call, UNSUPPORTED_MEDIA_TYPE);
        } else {
            call.next();
        }
    }

    private static void refuseUnknown(RoutingContext call, ManagementApi api, CamelContext context) {
        List<String> methods = api.methods(call.normalizedPath(), context);
        if (methods.isEmpty()) {
            answer(call, NOT_FOUND);
        } else {
            call.response().putHeader("allow", String.join(", ", methods));
            answer(call, METHOD_NOT_ALLOWED);
        }
    }

    private static void answer(RoutingContext call, int status) {
        HttpServerResponse response = call.response();
        if (!response.ended()) {
            response.setStatusCode(status < 0 ? 500 : status)
                    .putHeader("content-type", "application/json")
                    .end(Buffer.buffer(ManagementApi.refusal(status)));
        }
    }
}
