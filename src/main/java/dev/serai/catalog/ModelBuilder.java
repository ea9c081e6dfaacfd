package dev.serai.catalog;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link Model} in the making: what is not set stays unknown. One use, one thread. */
public final class ModelBuilder {
    private final String id;
    private String name;
    private Kind kind = Kind.UNKNOWN;
    private @Nullable Long contextTokens;
    private @Nullable Long maxOutputTokens;
    private Set<Modality> input = Set.of();
    private Set<Modality> output = Set.of();
    private Set<Capability> capabilities = Set.of();
    private Set<Capability> lacks = Set.of();
    private List<String> dialects = List.of();
    private List<String> aliases = List.of();
    private List<String> nicknames = List.of();
    private @Nullable LocalDate released;
    private Lifecycle lifecycle = Lifecycle.CURRENT;
    private Prices prices = Prices.UNKNOWN;
    private List<String> source = List.of();

    ModelBuilder(String id) {
        this.id = id;
        this.name = id;
    }

    public ModelBuilder name(String name) {
        this.name = name;
        return this;
    }

    public ModelBuilder kind(Kind kind) {
        this.kind = kind;
        return this;
    }

    /** The context window and the longest output, in tokens; null is unknown. */
    public ModelBuilder limits(@Nullable Long contextTokens, @Nullable Long maxOutputTokens) {
        this.contextTokens = contextTokens;
        this.maxOutputTokens = maxOutputTokens;
        return this;
    }

    /** What it takes and what it gives; an empty set is unknown. */
    public ModelBuilder modalities(Collection<Modality> input, Collection<Modality> output) {
        this.input = Set.copyOf(input);
        this.output = Set.copyOf(output);
        return this;
    }

    /** What it can do, and what it cannot; the rest is unknown. */
    public ModelBuilder capabilities(Collection<Capability> has, Collection<Capability> lacks) {
        this.capabilities = Set.copyOf(has);
        this.lacks = Set.copyOf(lacks);
        return this;
    }

    public ModelBuilder dialects(Collection<String> dialects) {
        this.dialects = List.copyOf(dialects);
        return this;
    }

    public ModelBuilder aliases(Collection<String> aliases) {
        this.aliases = List.copyOf(aliases);
        return this;
    }

    public ModelBuilder nicknames(Collection<String> nicknames) {
        this.nicknames = List.copyOf(nicknames);
        return this;
    }

    public ModelBuilder released(@Nullable LocalDate released) {
        this.released = released;
        return this;
    }

    public ModelBuilder lifecycle(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        return this;
    }

    public ModelBuilder prices(Prices prices) {
        this.prices = prices;
        return this;
    }

    public ModelBuilder source(Collection<String> source) {
        this.source = List.copyOf(source);
        return this;
    }

    public Model build() {
        return new Model(
                id,
                name,
                kind,
                contextTokens,
                maxOutputTokens,
                input,
                output,
                capabilities,
                lacks,
                dialects,
                aliases,
                nicknames,
                released,
                lifecycle,
                prices,
                source);
    }
}
