package dev.serai.catalog;

import dev.serai.config.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider's description that fits its schema, read into a {@link Provider}. Checks what a schema cannot say. One use, one
 * thread.
 */
final class ProviderFile {
    private static final int ORDER_WHEN_ABSENT = 100;
    private static final URI NO_URL = URI.create("");
    private static final String SEPARATE = "separate";

    /** Credentials, what belongs to one connection (RFC 9110, 7.6.1), what tells of the way, and what Serai sets itself. */
    private static final Pattern NEVER_PASSED = Pattern.compile(
            "(proxy-)?authorization|proxy-.*|cookie2?|(x-)?api-key|x-goog-api-key|connection|keep-alive|te|trailer"
                    + "|transfer-encoding|upgrade|expect|host|content-.*|accept-encoding|user-agent|forwarded"
                    + "|x-forwarded-.*|x-real-ip|via|camel.*|x-serai-.*",
            Pattern.CASE_INSENSITIVE);

    private final List<Problem> problems = new ArrayList<>();
    private final Section root;

    ProviderFile(Origin origin) {
        this.root = Section.root(origin, problems);
    }

    /** The provider, to be used only if there are no {@link #problems}. */
    Provider read(Collection<String> knownDialects, Variables variables) {
        Map<String, Surface> dialects = dialects(knownDialects, variables);
        return Provider.builder(id(), baseUrl(root.at("baseUrl"), variables))
                .name(root.at("name").text())
                .website(root.at("website").textOrNull())
                .checked(root.at("checked").dateOrNull())
                .dialects(dialects)
                .auth(auth(root.at("auth")))
                .headers(headers())
                .passHeaders(passHeaders())
                .query(root.at("query").textFields())
                .usageTotals(usageTotals(dialects.keySet()))
                .rules(new RuleReader(dialects.keySet()).read(root.at("rules")))
                .continuations(new RuleReader(dialects.keySet()).continuations(root.at("continuations")))
                .models(new ModelReader(root.at("modelDefaults"), dialects.keySet()).read(root.at("models")))
                .discoverModels(root.at("discoverModels").node().asBoolean())
                .modelLists(modelLists())
                .build();
    }

    /** What {@link #read} found wrong. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    String id() {
        return root.at("id").text();
    }

    int order() {
        return root.at("order").node().asInt(ORDER_WHEN_ABSENT);
    }

    private Map<String, Surface> dialects(Collection<String> known, Variables variables) {
        Map<String, Surface> dialects = new LinkedHashMap<>();
        root.at("dialects").fields().forEach((dialect, surface) -> {
            if (!known.contains(dialect)) {
                surface.problem("unknown dialect '" + dialect + "'; there are " + String.join(", ", known));
            }
            dialects.put(dialect, surface(surface, variables));
        });
        return dialects;
    }

    private Surface surface(Section surface, Variables variables) {
        if (!surface.isObject()) {
            return new Surface(surface.text());
        }
        Section baseUrl = surface.at("baseUrl");
        return new Surface(
                surface.at("path").text(),
                surface.at("streamPath").textOrNull(),
                surface.at("auth").isPresent() ? auth(surface.at("auth")) : null,
                baseUrl.isPresent() ? baseUrl(baseUrl, variables) : null,
                surface.at("inlineMedia").node().asBoolean());
    }

    private URI baseUrl(Section baseUrl, Variables variables) {
        try {
            return BaseUrl.parse(
                    variables.replace(baseUrl.text()),
                    root.at("insecure").node().asBoolean());
        } catch (IllegalArgumentException e) {
            baseUrl.problem("baseUrl: " + e.getMessage());
            return NO_URL;
        }
    }

    /** A dialect's own header may leave it to the provider to say where the key is. */
    private Auth auth(Section auth) {
        if (!auth.isObject()) {
            return new Auth.None();
        }
        Section env = auth.at("env", root.at("auth"));
        if (!env.isPresent()) {
            auth.problem("auth: env is missing, and the provider's own auth has none either");
        }
        return new Auth.Header(auth.at("header").text(), auth.at("prefix").text(), env.text());
    }

    private Map<String, String> headers() {
        String credential = root.at("auth").at("header").text();
        Map<String, String> seen = new HashMap<>();
        Map<String, String> headers = new LinkedHashMap<>();
        root.at("headers").fields().forEach((header, value) -> {
            String twin = seen.putIfAbsent(Catalog.key(header), header);
            if (twin != null) {
                value.problem("the header '" + header + "' is given twice, also as '" + twin + "'");
            }
            if (header.equalsIgnoreCase(credential)) {
                value.problem("the header '" + header + "' carries the key already, see auth");
            }
            headers.put(header, value.text());
        });
        return headers;
    }

    private List<String> passHeaders() {
        Section names = root.at("passHeaders");
        for (Section name : names.items()) {
            if (NEVER_PASSED.matcher(name.text()).matches() || carriesKey(name.text())) {
                name.problem("the header '" + name.text() + "' never passes from a client to a provider: it is a"
                        + " credential, belongs to one connection or tells of the way, or is Serai's own");
            }
        }
        return names.texts();
    }

    private boolean carriesKey(String header) {
        return header.equalsIgnoreCase(root.at("auth").at("header").text())
                || root.at("dialects").fields().values().stream()
                        .anyMatch(surface -> header.equalsIgnoreCase(
                                surface.at("auth").at("header").text()));
    }

    private Map<String, UsageTotals> usageTotals(Collection<String> dialects) {
        Map<String, UsageTotals> totals = new LinkedHashMap<>();
        root.at("usageTotals").fields().forEach((dialect, totalsOf) -> {
            if (!dialects.contains(dialect)) {
                totalsOf.problem("the provider does not speak '" + dialect + "', see dialects");
            }
            UsageTotals usual = UsageTotals.of(dialect);
            totals.put(
                    dialect,
                    new UsageTotals(
                            included(totalsOf.at("cacheReads"), usual.inputIncludesCacheReads()),
                            included(totalsOf.at("cacheWrites"), usual.inputIncludesCacheWrites()),
                            included(totalsOf.at("reasoning"), usual.outputIncludesReasoning())));
        });
        return totals;
    }

    private ModelLists modelLists() {
        Section lists = root.at("modelLists");
        if (lists.isPresent() && !lists.isObject()) {
            return ModelLists.NONE;
        }
        ModelLists usual = ModelLists.usual(id());
        Section path = lists.at("path");
        Section modelsDev = lists.at("modelsDev");
        return new ModelLists(
                path.isPresent() ? path.text() : usual.path(),
                modelsDev.isPresent() ? modelsDev.text() : usual.modelsDev());
    }

    private static boolean included(Section word, boolean usual) {
        @Nullable String text = word.textOrNull();
        return text == null ? usual : !text.equals(SEPARATE);
    }
}
