package dev.serai.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.DescribedCatalog;
import dev.serai.catalog.Fact;
import dev.serai.config.ConfigurationException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code serai catalog show}: all that is known of a model, and who says so. Exits with 1 if no file names it. */
@Command(
        name = "show",
        description =
                "Show all that files say of a model, each fact with file, line and source, and the price of today.")
public final class ShowModel extends JsonCommand implements Callable<Integer> {
    private static final int MAX_NEAR = 5;

    private final Setup setup;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model id, or provider:model.")
    private String name = "";

    public ShowModel(Setup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws ConfigurationException {
        Installation installation = setup.find();
        DescribedCatalog described = installation.files().read();
        List<Catalog.Entry> found = find(described.catalog());
        if (found.isEmpty()) {
            PrintWriter err = err();
            err.println("serai: no file names a model " + name);
            described.catalog().nearNames(name, MAX_NEAR).forEach(near -> err.println("  perhaps " + near));
            return 1;
        }
        Instant now = installation.clock().instant();
        PrintWriter out = out();
        if (isJson()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            found.forEach(entry -> all.add(json(entry, described.facts(entry), now)));
            out.println(Shown.json(all));
        } else {
            for (Catalog.Entry entry : found) {
                if (!entry.equals(found.get(0))) {
                    out.println();
                }
                print(out, entry, described.facts(entry), now);
            }
        }
        return 0;
    }

    /** As a request's model is read: the first colon parts, if a provider is called like what stands before it. */
    private List<Catalog.Entry> find(Catalog catalog) {
        int colon = name.indexOf(':');
        if (colon > 0 && catalog.provider(name.substring(0, colon)) != null) {
            Catalog.Entry entry = catalog.find(name.substring(0, colon), name.substring(colon + 1));
            return entry == null ? List.of() : List.of(entry);
        }
        return catalog.find(name);
    }

    private void print(PrintWriter out, Catalog.Entry entry, List<Fact> facts, Instant now) {
        out.println(entry.provider().id() + ":" + entry.model().id() + calledOtherwise(entry));
        out.println("  stage today  " + Shown.word(entry.model().lifecycle().on(ModelJson.day(now))));
        List<String> price = new PriceText(entry.model().prices(), now).lines();
        for (int line = 0; line < price.size(); line++) {
            out.println((line == 0 ? "  price today  " : "               ") + price.get(line));
        }
        out.println();
        Table table = new Table("FACT", "IN", "SAID BY", "VALUE");
        facts.forEach(fact -> table.row(
                fact.key(), fact.file() + ":" + fact.line(), (said(fact) + " " + fact.on()).strip(), fact.value()));
        table.toString().lines().map(line -> "  " + line).forEach(out::println);
    }

    private static String said(Fact fact) {
        return String.join(", ", fact.by());
    }

    private static String calledOtherwise(Catalog.Entry entry) {
        return entry.sentAs().equalsIgnoreCase(entry.model().id()) ? "" : " (also " + entry.sentAs() + ")";
    }

    private static ObjectNode json(Catalog.Entry entry, List<Fact> facts, Instant now) {
        ObjectNode json = ModelJson.of(entry, now);
        ArrayNode list = json.putArray("facts");
        for (Fact fact : facts) {
            ObjectNode one = list.addObject()
                    .put("key", fact.key())
                    .put("value", fact.value())
                    .put("file", fact.file())
                    .put("line", fact.line());
            fact.by().forEach(one.putArray("by")::add);
            if (!fact.on().isEmpty()) {
                one.put("on", fact.on());
            }
        }
        return json;
    }
}
