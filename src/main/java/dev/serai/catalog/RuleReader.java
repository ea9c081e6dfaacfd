package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code rules} and {@code continuations} of a provider file. */
final class RuleReader {
    /** The word for a model's largest output. */
    private static final String MAX_OUTPUT = "$maxOutput";

    private static final List<String> CHANGES = List.of("rename", "drop", "set", "defaults");

    private final Collection<String> dialects;

    /** @param dialects what the provider speaks */
    RuleReader(Collection<String> dialects) {
        this.dialects = dialects;
    }

    List<ParameterRule> read(Section rules) {
        return rules.items().stream().map(this::rule).toList();
    }

    List<Continuation> continuations(Section continuations) {
        return continuations.items().stream().map(this::continuation).toList();
    }

    private Continuation continuation(Section one) {
        return new Continuation(
                globs(one.at("models")),
                globs(one.at("except")),
                dialects(one),
                nodes(one.at("request")),
                nodes(one.at("message")));
    }

    private static Map<String, JsonNode> nodes(Section values) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        values.fields().forEach((name, value) -> nodes.put(name, value.node()));
        return nodes;
    }

    private Set<String> dialects(Section rule) {
        for (Section dialect : rule.at("dialects").items()) {
            if (!dialects.contains(dialect.text())) {
                dialect.problem("the provider does not speak '" + dialect.text() + "', see dialects");
            }
        }
        return new LinkedHashSet<>(rule.at("dialects").texts());
    }

    private ParameterRule rule(Section rule) {
        if (CHANGES.stream().noneMatch(change -> rule.at(change).isPresent())) {
            rule.problem("the rule changes nothing; it wants " + String.join(", ", CHANGES) + " or several of them");
        }
        return new ParameterRule(
                globs(rule.at("models")),
                globs(rule.at("except")),
                dialects(rule),
                conditions(rule.at("when")),
                rule.at("rename").textFields(),
                rule.at("drop").texts(),
                json(rule.at("set")),
                defaults(rule.at("defaults")),
                rule.at("source").texts());
    }

    private static List<Glob> globs(Section patterns) {
        return patterns.texts().stream().map(Glob::new).toList();
    }

    private static List<Condition> conditions(Section when) {
        List<Condition> conditions = new ArrayList<>();
        when.fields().forEach((parameter, tests) -> tests.fields().forEach((test, value) -> {
            conditions.add(
                    switch (test) {
                        case "is" -> new Condition.Is(parameter, values(value));
                        case "not" -> new Condition.IsNot(parameter, values(value));
                        case "above" ->
                            new Condition.Above(parameter, value.node().decimalValue());
                        default -> new Condition.Present(parameter, value.node().asBoolean());
                    });
        }));
        return conditions;
    }

    private static Set<String> values(Section values) {
        return values.items().stream().map(value -> value.node().toString()).collect(Collectors.toSet());
    }

    private static Map<String, String> json(Section values) {
        Map<String, String> json = new LinkedHashMap<>();
        values.fields().forEach((name, value) -> json.put(name, value.node().toString()));
        return json;
    }

    private static Map<String, ParameterRule.Default> defaults(Section values) {
        Map<String, ParameterRule.Default> defaults = new LinkedHashMap<>();
        values.fields().forEach((name, value) -> defaults.put(name, defaultOf(value.node())));
        return defaults;
    }

    private static ParameterRule.Default defaultOf(JsonNode value) {
        return value.asText().equals(MAX_OUTPUT)
                ? new ParameterRule.Default.MaxOutputTokens()
                : new ParameterRule.Default.Value(value.toString());
    }
}
