package dev.serai.catalog;

import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A price that stands by itself, in the form that the {@code price} of a model has in a provider file. */
public final class PriceDocument {
    /** A provider file around the price, so that the same schema judges it. */
    private static final String AROUND = """
            id: price
            name: price
            baseUrl: https://price.example
            dialects: {openai-chat: /}
            auth: none
            models:
            - id: price
              price:\s""";

    private static final String PLACE = "models.0.price";

    private PriceDocument() {}

    /**
     * Reads a price.
     *
     * @param json on one line
     * @throws IllegalArgumentException with everything that is wrong with it; "unknown" is no price
     */
    public static Prices read(String json) {
        List<Problem> problems = new ArrayList<>();
        try {
            YamlDocument document = CatalogLoader.document(new ConfigFile("price", "price", AROUND + json + "\n"));
            Section models = Section.root(new Origin.Single(document), problems).at("models");
            Prices prices = PriceReader.read(models.items().get(0).at("price"), Kind.UNKNOWN);
            if (problems.isEmpty() && !(prices instanceof Prices.Unknown)) {
                return prices;
            }
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
        throw new IllegalArgumentException(
                problems.isEmpty()
                        ? "is no price"
                        : problems.stream().map(PriceDocument::reason).collect(Collectors.joining("; ")));
    }

    private static String reason(Problem problem) {
        String reason = problem.reason();
        return reason.startsWith(PLACE) ? reason.substring(PLACE.length()).replaceFirst("^[.:] ?", "") : reason;
    }
}
