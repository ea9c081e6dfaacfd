package dev.serai.credits;

import dev.serai.access.Credential;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogLoader;
import dev.serai.catalog.Prices;
import dev.serai.config.ConfigFolder;
import dev.serai.selection.Candidate;
import dev.serai.selection.KeySource;
import dev.serai.selection.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prices as a provider file has them, each of a model of its own. */
final class PriceLists {
    private final Catalog catalog;

    /** @param prices each on one line, or several lines that are indented by six blanks or more */
    PriceLists(Path folder, List<String> prices) throws Exception {
        StringBuilder file = new StringBuilder("""
                id: list
                name: List
                baseUrl: https://list.example/v1
                dialects: {openai-chat: /chat/completions}
                auth: none
                models:
                """);
        for (int i = 0; i < prices.size(); i++) {
            file.append("  - {id: m")
                    .append(i)
                    .append(", price: ")
                    .append(prices.get(i))
                    .append("}\n");
        }
        Files.writeString(folder.resolve("list.yaml"), file);
        catalog = new CatalogLoader(List.of("openai-chat"), Map.of()).load(List.of(new ConfigFolder.Directory(folder)));
    }

    Target target(int price) {
        Catalog.Entry entry = Objects.requireNonNull(catalog.find("list", "m" + price));
        return new Target(entry.provider(), entry.sentAs(), entry.model());
    }

    Prices prices(int price) {
        return Objects.requireNonNull(target(price).facts()).prices();
    }

    /** With the operator's credential, or one of the account. */
    Candidate candidate(int price, boolean ownKey) {
        return new Candidate(
                target(price),
                "openai-chat",
                new Credential.None(),
                ownKey ? KeySource.user("pk_1", "sk-12***90") : KeySource.MANAGED);
    }
}
