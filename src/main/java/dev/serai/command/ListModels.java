package dev.serai.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Glob;
import dev.serai.catalog.TokenKind;
import dev.serai.config.ConfigurationException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serai catalog list}: a line for each model. Exits with 1 if there is none such. */
@Command(name = "list", description = "List the models that files name, with limits and the price of today.")
public final class ListModels extends JsonCommand implements Callable<Integer> {
    private final Setup setup;

    @Option(names = "--provider", paramLabel = "ID", description = "Only of this provider.")
    private @Nullable String provider;

    @Option(
            names = "--model",
            paramLabel = "GLOB",
            defaultValue = "*",
            description = "Only models with such an id; a star stands for any characters. Quote it for your shell.")
    private String model = "*";

    public ListModels(Setup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws ConfigurationException {
        Installation installation = setup.find();
        Catalog catalog = installation.files().read().catalog();
        if (provider != null && catalog.provider(provider) == null) {
            err().println("serai: no provider is called " + provider);
            return 1;
        }
        Glob glob = new Glob(model);
        List<Catalog.Entry> entries = catalog.models().stream()
                .filter(entry -> provider == null || entry.provider().id().equals(provider))
                .filter(entry -> glob.matches(entry.model().id()))
                .toList();
        Instant now = installation.clock().instant();
        if (isJson()) {
            out().println(json(entries, now));
        } else if (entries.isEmpty()) {
            err().println("serai: no file names such a model");
        } else {
            out().println(table(entries, now));
        }
        return entries.isEmpty() ? 1 : 0;
    }

    private static String table(List<Catalog.Entry> entries, Instant now) {
        Table table = new Table("PROVIDER", "MODEL", "KIND", "CONTEXT", "OUTPUT", "$/M IN", "$/M OUT", "STAGE");
        for (Catalog.Entry entry : entries) {
            PriceText price = new PriceText(entry.model().prices(), now);
            table.row(
                    entry.provider().id(),
                    entry.model().id(),
                    Shown.word(entry.model().kind()),
                    Shown.number(entry.model().contextTokens()),
                    Shown.number(entry.model().maxOutputTokens()),
                    price.amount(TokenKind.INPUT),
                    price.amount(TokenKind.OUTPUT),
                    Shown.word(entry.model().lifecycle().on(ModelJson.day(now))));
        }
        return table.toString();
    }

    private static String json(List<Catalog.Entry> entries, Instant now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        entries.forEach(entry -> list.add(ModelJson.of(entry, now)));
        return Shown.json(list);
    }
}
