package dev.serai.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.Scope;
import dev.serai.control.FailoverOverrides;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.RoutingRule;
import dev.serai.control.Stamp;
import dev.serai.control.Step;
import dev.serai.failover.Action;
import dev.serai.failover.Fault;
import java.util.List;
import java.util.stream.Stream;

/**
 * The document of a configuration, as it is kept and as the API shows it: {@code access}, {@code router}, {@code limits}, {@code timeouts},
 * {@code failover} and {@code aliases}. A list that is missing is not the same as an empty one.
 */
public final class KeyConfigurationJson {
    private KeyConfigurationJson() {}

    /** The document, without id, name and description. */
    public static ObjectNode of(KeyConfiguration configuration) {
        ObjectNode json = Json.object();
        ObjectNode access = json.putObject("access");
        Scope scope = configuration.access();
        if (scope.providers() != null) {
            scope.providers().forEach(access.putObject("providers").putArray("allow")::add);
        }
        if (scope.models() != null) {
            ArrayNode allow = access.putObject("models").putArray("allow");
            scope.models().forEach(entry -> allow.add(entry.text()));
        }
        ArrayNode rules = json.putObject("router").putArray("rules");
        configuration.rules().forEach(rule -> rules.add(of(rule)));
        json.set("limits", Json.of(configuration.limits()));
        json.set("timeouts", Json.of(configuration.timeouts()));
        json.set("failover", of(configuration.failover()));
        List<String> aliases = configuration.aliases();
        if (aliases != null) {
            aliases.forEach(json.putObject("aliases").putArray("allow")::add);
        }
        return json;
    }

    private static ObjectNode of(RoutingRule rule) {
        ObjectNode json = Json.object().put("provider", rule.provider());
        Json.put(json, "model", rule.model());
        ArrayNode steps = json.putArray("steps");
        for (Step step : rule.steps()) {
            ObjectNode one = steps.addObject();
            if (step instanceof Step.User user) {
                user.keys().forEach(one.put("type", "user").putArray("keys")::add);
            } else {
                one.put("type", "managed");
            }
        }
        return json;
    }

    private static ObjectNode of(FailoverOverrides failover) {
        ObjectNode json = Json.object();
        json.set("after", Json.of(failover.after()));
        Json.put(json, "attempts", failover.attempts());
        Json.put(json, "rescue", failover.rescue());
        Json.put(json, "hedgeAfter", failover.hedgeAfter());
        return json;
    }

    /**
     * A configuration of a document and of what is kept beside it.
     *
     * @throws DocumentException naming every field that is wrong or unknown
     */
    public static KeyConfiguration read(
            JsonNode document, String id, String accountId, String name, String description, Stamp stamp) {
        return Fields.of(document).make(fields -> read(fields, id, accountId, name, description, stamp));
    }

    /** The same for a document that is a part of another, whose other fields are read beside. */
    public static KeyConfiguration read(
            Fields fields, String id, String accountId, String name, String description, Stamp stamp) {
        Fields access = fields.object("access");
        return new KeyConfiguration(
                id,
                accountId,
                name,
                description,
                Scope.of(
                        access.object("providers").texts("allow"),
                        access.object("models").texts("allow")),
                fields.object("router").objects("rules", KeyConfigurationJson::rule),
                Json.limits(fields.object("limits")),
                Json.timeouts(fields.object("timeouts")),
                failover(fields.object("failover")),
                fields.object("aliases").texts("allow"),
                stamp);
    }

    private static RoutingRule rule(Fields fields) {
        return new RoutingRule(
                fields.required("provider"), fields.text("model"), fields.objects("steps", KeyConfigurationJson::step));
    }

    private static Step step(Fields fields) {
        String type = fields.required("type");
        return switch (type) {
            case "managed" -> new Step.Managed();
            case "user" -> {
                List<String> keys = fields.texts("keys");
                yield new Step.User(keys == null ? List.of() : keys);
            }
            default -> throw new IllegalArgumentException("type must be managed or user");
        };
    }

    private static FailoverOverrides failover(Fields fields) {
        FailoverOverrides failover = new FailoverOverrides(
                fields.map("after"), fields.number("attempts"), fields.text("rescue"), fields.duration("hedgeAfter"));
        failover.after().forEach((fault, action) -> {
            if (Stream.of(Fault.values()).noneMatch(known -> known.label().equals(fault))) {
                throw new IllegalArgumentException("failover.after." + fault + " is no fault");
            }
            if (Stream.of(Action.values()).noneMatch(known -> known.label().equals(action))) {
                throw new IllegalArgumentException(
                        "failover.after." + fault + " must be one of retry, next, next-key," + " next-model and stop");
            }
        });
        return failover;
    }
}
