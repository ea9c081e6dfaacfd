package dev.serai.selection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.Catalog;
import dev.serai.config.Problem;
import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of aliases that fits its schema. Finds what a schema cannot say. One use, one thread. */
final class AliasFile {
    private static final String ROOT = "/aliases/";
    private static final String ORDERED = "ordered";
    private static final String WEIGHTED = "weighted";
    private static final int MAX_SUGGESTIONS = 3;

    private final YamlDocument document;
    private final Directory catalog;
    private final Strategies strategies;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    AliasFile(YamlDocument document, Catalog catalog, Strategies strategies) {
        this.document = document;
        this.catalog = new Directory(catalog, Aliases.NONE);
        this.strategies = strategies;
    }

    List<Problem> problems() {
        return problems;
    }

    /** An alias, to be used only if there are no {@link #problems} in the end. */
    Alias read(String name, JsonNode alias) {
        String pointer = ROOT + name.replace("~", "~0").replace("/", "~1");
        checkName(name, pointer);
        boolean isList = alias.isArray();
        String strategy = isList ? ORDERED : alias.path("strategy").asText(ORDERED);
        JsonNode candidates = isList ? alias : alias.path("candidates");
        String place = isList ? pointer : pointer + "/candidates";
        List<Alias.Member> members = new ArrayList<>();
        Map<String, Integer> listed = new HashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            members.add(member(candidates.get(i), place + "/" + i, strategy, listed));
        }
        if (strategy.equals(WEIGHTED) && members.stream().allMatch(member -> member.weight() == 0)) {
            problem(place, "no candidate has a weight; one at least needs more than 0");
        }
        return new Alias(name, strategies.get(strategy), members);
    }

    private void checkName(String name, String pointer) {
        Integer first = lines.putIfAbsent(Aliases.key(name), document.line(pointer));
        if (first != null) {
            problem(pointer, "the alias '" + name + "' is defined already on line " + first);
        }
        if (catalog.namesProvider(name)) {
            problem(pointer, "the alias '" + name + "' begins with a provider's id, so it would never be asked for");
        } else if (!catalog.listed(name).isEmpty()) {
            problem(
                    pointer,
                    "the alias '" + name + "' has the name of a model of "
                            + catalog.listed(name).get(0).provider().id() + ", which would always be meant");
        }
    }

    private Alias.Member member(JsonNode candidate, String pointer, String strategy, Map<String, Integer> listed) {
        boolean isText = candidate.isTextual();
        String model = isText ? candidate.asText() : candidate.path("model").asText();
        checkModel(model, pointer, listed);
        if (candidate.has("weight") && !strategy.equals(WEIGHTED)) {
            problem(pointer + "/weight", "a weight is for the strategy weighted; this alias is " + strategy);
        }
        return new Alias.Member(model, candidate.path("weight").asInt(1), when(candidate.path("when")));
    }

    private void checkModel(String model, String pointer, Map<String, Integer> listed) {
        Integer first = listed.putIfAbsent(Aliases.key(model), document.line(pointer));
        if (first != null) {
            problem(pointer, "'" + model + "' is a candidate already on line " + first);
        } else if (isAlias(model)) {
            problem(pointer, "'" + model + "' is an alias; an alias names models");
        } else if (!catalog.namesProvider(model) && catalog.listed(model).isEmpty()) {
            List<String> near = catalog.catalog().nearNames(model, MAX_SUGGESTIONS);
            problem(
                    pointer,
                    "'" + model + "' is not in the catalog and does not begin with a provider"
                            + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
        }
    }

    private boolean isAlias(String model) {
        String key = Aliases.key(model);
        return document.root().path("aliases").properties().stream()
                .anyMatch(alias -> Aliases.key(alias.getKey()).equals(key));
    }

    private static When when(JsonNode when) {
        return when.isMissingNode()
                ? When.ALWAYS
                : new When(
                        flag(when.path("tools")),
                        flag(when.path("vision")),
                        flag(when.path("audio")),
                        flag(when.path("documents")),
                        flag(when.path("structured-output")),
                        comparison(when.path("context")));
    }

    private static @Nullable Boolean flag(JsonNode flag) {
        return flag.isMissingNode() ? null : flag.booleanValue();
    }

    /** The schema lets only comparisons through. */
    private static When.@Nullable Bound comparison(JsonNode context) {
        return context.isMissingNode() ? null : When.Bound.parse(context.asText());
    }

    private void problem(String pointer, String reason) {
        problems.add(document.problem(pointer, reason));
    }
}
