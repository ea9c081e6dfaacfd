package dev.serai.selection;

import dev.serai.access.Credential;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the model names of a request into a {@link Plan}. The three rules of naming can be asked one by one, so that a
 * route can show them as a choice: {@link #explicit}, {@link #inCatalog}, {@link #notFound}. Thread-safe.
 */
public final class Planner {
    private static final int MAX_SUGGESTIONS = 3;

    /**
     * A plan in the making: candidates by what makes them the same, and why the first of the dropped ones was dropped.
     */
    private static final class Draft {
        private record Key(String providerId, String model) {}

        private final Map<Key, Candidate> candidates = new LinkedHashMap<>();
        private @Nullable GatewayException firstDropped;

        void add(Candidate candidate) {
            candidates.putIfAbsent(new Key(candidate.provider().id(), candidate.model()), candidate);
        }

        void drop(GatewayException reason) {
            firstDropped = firstDropped == null ? reason : firstDropped;
        }

        Plan finish() {
            if (candidates.isEmpty() && firstDropped != null) {
                throw firstDropped;
            }
            return new Plan(List.copyOf(candidates.values()));
        }
    }

    private final Supplier<Catalog> catalog;
    private final ProviderCredentials credentials;

    /** A planner that asks for the catalog of the moment at each request. */
    public Planner(Supplier<Catalog> catalog, ProviderCredentials credentials) {
        this.catalog = catalog;
        this.credentials = credentials;
    }

    /**
     * The plan for these model names, in their order; takes a few microseconds.
     *
     * @param dialect the id of the dialect the client speaks
     * @param names   {@code model} first, then {@code models}; not empty
     * @throws GatewayException as {@link #resolve} and {@link #plan} do
     */
    public Plan planNames(String dialect, Collection<String> names) {
        List<Target> targets = new ArrayList<>(names.size());
        for (String name : names) {
            targets.add(resolve(name));
        }
        return plan(dialect, targets);
    }

    /**
     * What a name means, by the three rules together.
     *
     * @throws GatewayException {@code model_not_found}
     */
    public Target resolve(String name) {
        return explicit(name).or(() -> inCatalog(name)).orElseThrow(() -> notFound(name));
    }

    /** Rule 1: the name begins with a provider's id and a colon. The model need not be in the catalog. */
    public Optional<Target> explicit(String name) {
        return ModelName.parse(name, catalog.get()) instanceof ModelName.Explicit known
                ? Optional.of(new Target(known.provider(), known.model()))
                : Optional.empty();
    }

    /** Rule 2: the catalog knows the whole name as a model. Its default provider is meant, and no other. */
    public Optional<Target> inCatalog(String name) {
        List<Catalog.Entry> entries = catalog.get().find(name);
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Target(entries.get(0).provider(), entries.get(0).sentAs()));
    }

    /** Rule 3: nobody knows it. Says what may have been meant. */
    public GatewayException notFound(String name) {
        List<String> near = catalog.get().nearNames(name, MAX_SUGGESTIONS);
        String suggestion = near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
        return new GatewayException(
                ErrorCode.MODEL_NOT_FOUND,
                "The model '" + shown(name) + "' is not in the catalog." + suggestion
                        + " A model that the catalog does not list can be called as provider:model, where the provider"
                        + " is one of " + providerIds() + ".",
                "model");
    }

    /**
     * The plan for these targets, in their order, each once. A target is dropped if there is no credential for its
     * provider, or if its provider does not speak the dialect.
     *
     * @param dialect the id of the dialect the client speaks
     * @param targets not empty
     * @throws GatewayException if every target is dropped: {@code no_credentials} or {@code unsupported_dialect}, for
     *     the first of them
     */
    public Plan plan(String dialect, Collection<Target> targets) {
        Draft draft = new Draft();
        for (Target target : targets) {
            Optional<Credential> credential = credentials.of(target.provider(), dialect);
            if (!target.provider().dialects().containsKey(dialect)) {
                draft.drop(unsupported(target.provider(), dialect));
            } else if (credential.isEmpty()) {
                draft.drop(noCredentials(target.provider()));
            } else {
                draft.add(new Candidate(target.provider(), target.model(), dialect, credential.get()));
            }
        }
        return draft.finish();
    }

    private static GatewayException unsupported(Provider provider, String dialect) {
        return new GatewayException(
                ErrorCode.UNSUPPORTED_DIALECT,
                "The provider " + provider.id() + " does not speak " + dialect
                        + ", the format of this request. It speaks "
                        + String.join(", ", provider.dialects().keySet()) + ".",
                "model");
    }

    private static GatewayException noCredentials(Provider provider) {
        String variable = provider.auth() instanceof Auth.Header header ? header.env() : "";
        return new GatewayException(
                ErrorCode.NO_CREDENTIALS,
                "There is no key for the provider " + provider.id() + ". Set the environment variable " + variable
                        + " to one and start Serai again.",
                "model");
    }

    private String providerIds() {
        return String.join(
                ", ", catalog.get().providers().stream().map(Provider::id).toList());
    }

    private static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
