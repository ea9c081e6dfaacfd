package dev.serai.catalog;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that a provider serves. What nobody stated is unknown, and no reason to refuse a request: a null number, an empty set of
 * modalities, a capability in neither set.
 *
 * @param id              the provider's own name for it; compared without regard to case
 * @param name            for people
 * @param contextTokens   the most tokens of input and output together
 * @param maxOutputTokens the most tokens of output
 * @param input           what it takes
 * @param output          what it gives
 * @param capabilities    what it can do
 * @param lacks           what it cannot do
 * @param dialects        ids of the dialects it is served in; empty: all of its provider's that fit its kind
 * @param aliases         other ids that the provider itself answers to, such as a dated one; sent as they are
 * @param nicknames       names that only Serai knows; the id is sent in their place
 * @param released        when it came out
 * @param source          where these facts come from; empty for a model that was discovered
 */
public record Model(
        String id,
        String name,
        Kind kind,
        @Nullable Long contextTokens,
        @Nullable Long maxOutputTokens,
        Set<Modality> input,
        Set<Modality> output,
        Set<Capability> capabilities,
        Set<Capability> lacks,
        List<String> dialects,
        List<String> aliases,
        List<String> nicknames,
        @Nullable LocalDate released,
        Lifecycle lifecycle,
        Prices prices,
        List<String> source) {
    public Model {
        input = copy(Modality.class, input);
        output = copy(Modality.class, output);
        capabilities = copy(Capability.class, capabilities);
        lacks = copy(Capability.class, lacks);
        dialects = List.copyOf(dialects);
        aliases = List.copyOf(aliases);
        nicknames = List.copyOf(nicknames);
        source = List.copyOf(source);
    }

    /** A model of which nothing but its id is known. */
    public Model(String id) {
        this(
                id,
                id,
                Kind.UNKNOWN,
                null,
                null,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                Lifecycle.CURRENT,
                Prices.UNKNOWN,
                List.of());
    }

    /** A model of which more is known. */
    public static ModelBuilder builder(String id) {
        return new ModelBuilder(id);
    }

    /** Whether this is its id, or an alias or a nickname of it; without regard to case. */
    public boolean isCalled(String name) {
        return id.equalsIgnoreCase(name)
                || aliases.stream().anyMatch(name::equalsIgnoreCase)
                || nicknames.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether it is known to do this; false if it is known not to, or unknown. */
    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Whether it is known not to do this. */
    public boolean cannot(Capability capability) {
        return lacks.contains(capability);
    }

    /** Whether it is known to take this. */
    public boolean accepts(Modality modality) {
        return input.contains(modality);
    }

    /** Whether it is known not to take this: what it takes is stated, and this is not part of it. */
    public boolean refuses(Modality modality) {
        return !input.isEmpty() && !input.contains(modality);
    }

    /** Whether a model of its kind can answer requests of this dialect, be they translated or not. */
    public boolean isOfKindFor(String dialect) {
        return !dialects.isEmpty() || kind.fits(dialect);
    }

    private static <E extends Enum<E>> Set<E> copy(Class<E> type, Collection<E> elements) {
        EnumSet<E> copy = EnumSet.noneOf(type);
        copy.addAll(elements);
        return Collections.unmodifiableSet(copy);
    }
}
