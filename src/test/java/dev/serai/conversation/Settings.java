package dev.serai.conversation;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The settings of a request, each of them said or unsaid. */
public final class Settings {
    private Settings() {}

    /** Up to four tools whose names differ. */
    public static Arbitrary<List<Tool>> tools() {
        Arbitrary<Tool> functions = Combinators.combine(
                        Conversations.names(),
                        Conversations.words().injectNull(0.3),
                        Conversations.schemas().injectNull(0.1),
                        flags(),
                        Arbitraries.of(CacheMark.class).injectNull(0.8))
                .as((name, description, schema, strict, mark) ->
                        new Tool.Function(name, description, schema, strict, null, mark));
        Arbitrary<Tool> customs = Combinators.combine(
                        Conversations.names(), Conversations.words().injectNull(0.3))
                .as((name, description) -> new Tool.Custom(name, description, null));
        Arbitrary<Tool> builtIns = Combinators.combine(Conversations.dialects(), Conversations.names())
                .as((dialect, type) -> new Tool.BuiltIn(dialect, type, new RawJson("{\"type\":\"" + type + "\"}")));
        return Arbitraries.frequencyOf(Tuple.of(8, functions), Tuple.of(1, customs), Tuple.of(1, builtIns))
                .list()
                .uniqueElements(Settings::name)
                .ofMaxSize(4);
    }

    static String name(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return function.name();
        }
        return tool instanceof Tool.Custom custom ? custom.name() : ((Tool.BuiltIn) tool).type();
    }

    /** Choices among these tools; none where no function or custom tool is there to choose. */
    public static Arbitrary<@Nullable ToolChoice> toolChoices(List<Tool> tools) {
        List<String> names = tools.stream()
                .filter(tool -> !(tool instanceof Tool.BuiltIn))
                .map(Settings::name)
                .toList();
        if (names.isEmpty()) {
            return Arbitraries.just(null);
        }
        Arbitrary<ToolChoice> some =
                Arbitraries.of(new ToolChoice.Auto(), new ToolChoice.None(), new ToolChoice.Required());
        Arbitrary<ToolChoice> one = Arbitraries.of(names).map(ToolChoice.Named::new);
        Arbitrary<ToolChoice> allowed = Combinators.combine(
                        Arbitraries.of(names).list().uniqueElements().ofMinSize(1), Arbitraries.of(true, false))
                .as(ToolChoice.Allowed::new);
        return Arbitraries.oneOf(some, one, allowed).injectNull(0.4);
    }

    public static Arbitrary<Output> outputs() {
        Arbitrary<OutputFormat> schemas = Combinators.combine(
                        Conversations.names().injectNull(0.3),
                        Conversations.words().injectNull(0.7),
                        Conversations.schemas(),
                        flags())
                .as(OutputFormat.JsonSchema::new);
        Arbitrary<OutputFormat> formats =
                Arbitraries.oneOf(Arbitraries.of(new OutputFormat.PlainText(), new OutputFormat.JsonObject()), schemas);
        Arbitrary<Output.Speech> speech = Combinators.combine(
                        Conversations.names().injectNull(0.2),
                        Arbitraries.of("wav", "mp3").injectNull(0.2))
                .as(Output.Speech::new);
        return Combinators.combine(
                        formats.injectNull(0.6),
                        Arbitraries.of(Output.Verbosity.class).injectNull(0.8),
                        Arbitraries.of(Output.Modality.class)
                                .list()
                                .uniqueElements()
                                .ofMaxSize(2),
                        speech.injectNull(0.9),
                        flags(),
                        Arbitraries.integers().between(0, 20).injectNull(0.8))
                .as(Output::new);
    }

    /** Temperatures and the like within what every dialect takes. */
    public static Arbitrary<Sampling> samplings() {
        Arbitrary<@Nullable Double> shares = Arbitraries.of(0.0, 0.2, 0.5, 1.0).injectNull(0.5);
        return Combinators.combine(
                        shares,
                        shares,
                        Arbitraries.longs().between(1, 100).injectNull(0.6),
                        shares,
                        shares,
                        Arbitraries.longs().between(0, Integer.MAX_VALUE).injectNull(0.7),
                        Arbitraries.of(Map.<String, Double>of(), Map.of("50256", -100.0)))
                .as(Sampling::new);
    }

    public static Arbitrary<Limits> limits() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 128_000).injectNull(0.4),
                        Conversations.names().list().ofMaxSize(4),
                        Arbitraries.integers().between(1, 4).injectNull(0.8))
                .as(Limits::new);
    }

    public static Arbitrary<Reasoning> reasonings() {
        Arbitrary<Reasoning> efforts = Combinators.combine(
                        Arbitraries.of(Effort.class),
                        Arbitraries.of(Reasoning.Summary.class).injectNull(0.5),
                        flags())
                .as((effort, summary, signatures) -> new Reasoning(null, effort, null, summary, signatures));
        Arbitrary<Reasoning> budgets = Combinators.combine(
                        Arbitraries.longs().between(1_024, 100_000),
                        Arbitraries.of(Reasoning.Summary.class).injectNull(0.5))
                .as((tokens, summary) -> new Reasoning(Reasoning.Mode.ON, null, tokens, summary, null));
        return Arbitraries.oneOf(
                Arbitraries.of(
                        Reasoning.UNSAID,
                        new Reasoning(Reasoning.Mode.OFF, null, null, null, null),
                        new Reasoning(Reasoning.Mode.ADAPTIVE, null, null, null, null)),
                efforts,
                budgets);
    }

    public static Arbitrary<Delivery> deliveries() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        flags(),
                        Arbitraries.of(ServiceTier.class).injectNull(0.7),
                        flags(),
                        Conversations.ids().map(id -> "resp_" + id).injectNull(0.9))
                .as(Delivery::new);
    }

    public static Arbitrary<Labels> labels() {
        return Combinators.combine(
                        Conversations.names().injectNull(0.6),
                        Conversations.names().injectNull(0.8),
                        Arbitraries.maps(Conversations.names(), Conversations.words())
                                .ofMaxSize(2))
                .as(Labels::new);
    }

    public static Arbitrary<CacheSettings> caches() {
        return Combinators.combine(
                        Conversations.names().injectNull(0.8),
                        Arbitraries.of("in_memory", "24h").injectNull(0.8),
                        Arbitraries.of(CacheMark.class).injectNull(0.8),
                        Conversations.names().map(n -> "cachedContents/" + n).injectNull(0.9))
                .as(CacheSettings::new);
    }

    private static Arbitrary<@Nullable Boolean> flags() {
        return Arbitraries.of(true, false).injectNull(0.6);
    }
}
