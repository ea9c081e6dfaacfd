package dev.serai.catalog;

import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.config.YamlDocument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of docs/providers.md, drawn from the provider files and presets. */
final class ProviderGuide {
    private static final String NOTHING = "–";

    private final List<Provider> providers;
    private final List<Provider> presets;

    ProviderGuide(Collection<Provider> providers, Collection<Provider> presets) {
        this.providers = List.copyOf(providers);
        this.presets = List.copyOf(presets);
    }

    String text() throws ConfigurationException {
        StringBuilder text = new StringBuilder("\n## Built in\n\n");
        text.append("| Provider | Is | Dialects | Key | Models | Checked |\n|---|---|---|---|---|---|\n");
        providers.forEach(provider -> text.append(row(
                code(provider.id()),
                site(provider),
                dialects(provider),
                key(provider),
                count(provider),
                day(provider))));
        text.append("\n## Presets\n\n");
        text.append("| Preset | Is | Dialects | Key | Models | Wants besides |\n|---|---|---|---|---|---|\n");
        for (Provider preset : presets) {
            text.append(row(
                    code(preset.id()), site(preset), dialects(preset), key(preset), count(preset), wants(preset.id())));
        }
        text.append("\n## Models\n");
        for (Provider provider : concat(providers, presets)) {
            if (!provider.models().isEmpty() && !provider.id().equals("sandbox")) {
                text.append(models(provider));
            }
        }
        return text.append('\n').toString();
    }

    private static List<Provider> concat(List<Provider> first, List<Provider> second) {
        List<Provider> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static String models(Provider provider) {
        StringBuilder text = new StringBuilder("\n### " + provider.name() + "\n\n");
        text.append("| Model | Context | Output | Takes | Can | In | Cached | Out | Remarks |\n");
        text.append("|---|--:|--:|---|---|--:|--:|--:|---|\n");
        for (Model model : provider.models()) {
            Price price = latest(model.prices());
            text.append(row(
                    code(model.id()),
                    tokens(model.contextTokens()),
                    tokens(model.maxOutputTokens()),
                    words(model.input()),
                    words(model.capabilities()),
                    usd(model, price, TokenKind.INPUT),
                    usd(model, price, TokenKind.CACHE_READ),
                    usd(model, price, TokenKind.OUTPUT),
                    remarks(model, price)));
        }
        return text.toString();
    }

    private static @Nullable Price latest(Prices prices) {
        return prices instanceof Prices.Known known
                ? known.periods().get(known.periods().size() - 1)
                : null;
    }

    private static String usd(Model model, @Nullable Price price, TokenKind kind) {
        if (price == null) {
            String state = model.prices() instanceof Prices.Free ? "free" : "unknown";
            return kind == TokenKind.INPUT ? state : NOTHING;
        }
        BigDecimal usd = price.base().usdPerMillion(kind);
        return usd == null ? NOTHING : usd.toPlainString();
    }

    private static String remarks(Model model, @Nullable Price price) {
        StringJoiner remarks = new StringJoiner("; ").setEmptyValue(NOTHING);
        if (model.kind() != Kind.CHAT) {
            remarks.add(word(model.kind()));
        }
        if (!model.dialects().isEmpty()) {
            remarks.add("only " + codes(model.dialects()));
        }
        if (model.cannot(Capability.STREAMING)) {
            remarks.add("no streams");
        }
        if (model.lifecycle().shutdown() != null) {
            remarks.add("ends " + model.lifecycle().shutdown());
        } else if (model.lifecycle().stage() != Lifecycle.Stage.CURRENT) {
            remarks.add(word(model.lifecycle().stage()));
        }
        if (price != null) {
            addPrice(remarks, price);
        }
        if (!model.aliases().isEmpty()) {
            remarks.add("also " + codes(model.aliases()));
        }
        return remarks.toString();
    }

    private static void addPrice(StringJoiner remarks, Price price) {
        if (price.from() != null) {
            remarks.add("price since " + price.from());
        }
        price.tiers()
                .forEach(tier -> remarks.add("above " + tokens(tier.aboveInputTokens()) + ": "
                        + plain(tier.rates(), TokenKind.INPUT) + " in, " + plain(tier.rates(), TokenKind.OUTPUT)
                        + " out"));
        Price.Special special = price.special();
        if (special.picosPerRequest() > 0) {
            remarks.add(special.usdPerRequest().toPlainString() + " a request");
        }
        if (special.picosPerSearch() > 0) {
            remarks.add(special.usdPerSearch().toPlainString() + " a search");
        }
        special.factors().forEach((tier, factor) -> remarks.add(tier + " × " + factor.toPlainString()));
    }

    private static String plain(Rates rates, TokenKind kind) {
        BigDecimal usd = rates.usdPerMillion(kind);
        return usd == null ? NOTHING : usd.toPlainString();
    }

    private static String wants(String preset) throws ConfigurationException {
        for (ConfigFile file : CatalogLoader.SHIPPED_PRESETS.files()) {
            if (file.name().equals(preset + ".yaml")) {
                StringJoiner wants = new StringJoiner(", ").setEmptyValue(NOTHING);
                YamlDocument document = YamlDocument.parse(file);
                document.root().path("needs").fieldNames().forEachRemaining(need -> wants.add(code(need)));
                Variables.names(document.root().path("baseUrl").asText()).forEach(name -> wants.add(code(name)));
                return wants.toString();
            }
        }
        throw new IllegalArgumentException(preset);
    }

    private static String key(Provider provider) {
        if (provider.id().equals("sandbox")) {
            return "none of yours";
        }
        return provider.auth() instanceof Auth.Header header ? code(header.env()) : "none";
    }

    private static String count(Provider provider) {
        return provider.discoverModels()
                ? "asked for"
                : Integer.toString(provider.models().size());
    }

    private static String day(Provider provider) {
        return provider.checked() == null ? NOTHING : provider.checked().toString();
    }

    private static String site(Provider provider) {
        return provider.website() == null ? provider.name() : "[" + provider.name() + "](" + provider.website() + ")";
    }

    private static String dialects(Provider provider) {
        return codes(provider.dialects().keySet());
    }

    private static String tokens(@Nullable Long tokens) {
        return tokens == null ? NOTHING : String.format(Locale.ROOT, "%,d", tokens);
    }

    private static String words(Collection<? extends Enum<?>> constants) {
        return constants.isEmpty()
                ? NOTHING
                : constants.stream().map(ProviderGuide::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String codes(Collection<String> texts) {
        return texts.stream().map(ProviderGuide::code).collect(Collectors.joining(", "));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
