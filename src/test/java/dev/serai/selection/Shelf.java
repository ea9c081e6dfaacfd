package dev.serai.selection;

import dev.serai.access.Scope;
import dev.serai.access.Secrets;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import dev.serai.catalog.ProviderBuilder;
import dev.serai.dialect.RequestNeeds;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** A small catalog for the tests of this package, and selections that take the way of the shipped route. */
final class Shelf {
    static final Auth.Header OPENAI_KEY = new Auth.Header("Authorization", "Bearer ", "OPENAI_API_KEY");
    static final Auth.Header ANTHROPIC_KEY = new Auth.Header("x-api-key", "", "ANTHROPIC_API_KEY");

    static final Catalog CATALOG = new Catalog(List.of(
            provider("openai", OPENAI_KEY, "openai-chat openai-responses", "gpt-5.4", "gpt-5.4-mini"),
            provider("anthropic", ANTHROPIC_KEY, "anthropic-messages", "claude-sonnet-4-6"),
            provider("openrouter", new Auth.None(), "openai-chat", "GPT-5.4", "anthropic/claude-3.5-sonnet:free"),
            provider("ollama", new Auth.None(), "openai-chat anthropic-messages", "llama3.2:1b")));

    private Shelf() {}

    static Provider provider(String id, Auth auth, String dialects, String... models) {
        return provider(id, auth, dialects, Stream.of(models).map(Model::new).toArray(Model[]::new));
    }

    static Provider provider(String id, Auth auth, String dialects, Model... models) {
        ProviderBuilder provider = Provider.builder(id, URI.create("https://" + id + ".example/v1"))
                .auth(auth)
                .models(List.of(models));
        Arrays.stream(dialects.split(" ")).forEach(dialect -> provider.dialect(dialect, "/" + dialect));
        return provider.build();
    }

    static RequestNeeds needs(RequestNeeds.Reader reader, String json) {
        try {
            return new RequestNeeds(JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8)), reader);
        } catch (JsonException e) {
            throw new AssertionError(json, e);
        }
    }

    static RequestNeeds nothing() {
        return needs(RequestNeeds.Reader.NONE, "{}");
    }

    /** A request and everything that decides about it; each test changes what it is about. */
    record Ask(
            Directory directory,
            String dialect,
            List<String> names,
            RequestNeeds needs,
            Scope scope,
            boolean catalogFallback,
            Map<String, String> environment,
            BiPredicate<String, String> translatable,
            Health health) {
        static Ask of(String dialect, String... names) {
            return new Ask(
                    new Directory(CATALOG, Aliases.NONE),
                    dialect,
                    List.of(names),
                    nothing(),
                    Scope.ALL,
                    false,
                    Map.of("OPENAI_API_KEY", "sk-openai", "ANTHROPIC_API_KEY", "sk-ant"),
                    (asked, spoken) -> false,
                    Health.ALL_WELL);
        }

        Ask in(Catalog catalog, Alias... aliases) {
            return new Ask(
                    new Directory(catalog, new Aliases(List.of(aliases))),
                    dialect,
                    names,
                    needs,
                    scope,
                    catalogFallback,
                    environment,
                    translatable,
                    health);
        }

        Ask with(RequestNeeds asked) {
            return new Ask(directory, dialect, names, asked, scope, catalogFallback, environment, translatable, health);
        }

        Ask within(Scope allowed) {
            return new Ask(
                    directory, dialect, names, needs, allowed, catalogFallback, environment, translatable, health);
        }

        Ask withCatalogFallback() {
            return new Ask(directory, dialect, names, needs, scope, true, environment, translatable, health);
        }

        Ask with(Map<String, String> variables) {
            return new Ask(directory, dialect, names, needs, scope, catalogFallback, variables, translatable, health);
        }

        Ask translating(BiPredicate<String, String> pairs) {
            return new Ask(directory, dialect, names, needs, scope, catalogFallback, environment, pairs, health);
        }

        Ask with(Health state) {
            return new Ask(directory, dialect, names, needs, scope, catalogFallback, environment, translatable, state);
        }

        Selection begin() {
            return new Selection(
                    directory,
                    dialect,
                    names,
                    false,
                    needs,
                    scope,
                    new ProviderCredentials(environment, new Secrets(10)));
        }

        Planner planner() {
            return new Planner(new SurfaceChoice(translatable), health);
        }

        /** The steps of {@code selection.camel.yaml}, in its order. */
        Plan plan(Selection selection) {
            Naming naming = new Naming(catalogFallback);
            while (selection.hasName()) {
                if (directory.namesProvider(selection.name())) {
                    naming.takeNamed(selection);
                } else if (!directory.listed(selection.name()).isEmpty()) {
                    naming.takeListed(selection);
                } else if (directory.alias(selection.name()) != null) {
                    naming.takeAlias(selection);
                } else {
                    throw directory.notFound(selection.name());
                }
            }
            new ScopeCheck().apply(selection);
            new CapabilityCheck().apply(selection);
            planner().order(selection);
            return planner().plan(selection);
        }

        Plan plan() {
            return plan(begin());
        }

        /** The candidates in order, {@code provider/model}, with spaces between them. */
        String planned() {
            return plan().candidates().stream()
                    .map(candidate -> candidate.provider().id() + "/" + candidate.model())
                    .reduce((a, b) -> a + " " + b)
                    .orElseThrow();
        }
    }
}
