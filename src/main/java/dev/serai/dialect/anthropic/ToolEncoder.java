package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tools of a request and the choice among them. Where tools were called that are not declared any more, which Anthropic
 * refuses, they are declared and forbidden. One instance per request.
 */
final class ToolEncoder {
    private static final String PARALLEL = "disable_parallel_tool_use";

    private final Places places;
    private final Drops drops;
    private final SchemaRules schemas;
    private boolean forces;

    ToolEncoder(Places places, Drops drops) {
        this.places = places;
        this.drops = drops;
        this.schemas = new SchemaRules(drops);
    }

    /** Whether the model must use a tool. */
    boolean forces() {
        return forces;
    }

    /** @param called the names of the tools that the messages call */
    void write(ChatRequest request, List<String> called, ObjectNode body) {
        ArrayNode tools = tools(request);
        if (tools.isEmpty()) {
            drops.addIf(
                    request.toolChoice() != null && !(request.toolChoice() instanceof ToolChoice.None),
                    Feature.TOOL_CHOICE,
                    "there is no tool to choose");
            drops.addIf(
                    Boolean.FALSE.equals(request.parallelToolCalls()),
                    Feature.PARALLEL_TOOL_CALLS,
                    "there is no tool to call");
            declare(called, body);
            return;
        }
        body.set("tools", tools);
        ObjectNode choice = choice(request.toolChoice());
        if (Boolean.FALSE.equals(request.parallelToolCalls()) && !(request.toolChoice() instanceof ToolChoice.None)) {
            choice = choice == null ? Json.ofType("auto") : choice;
            choice.put(PARALLEL, true);
        }
        if (choice != null) {
            body.set("tool_choice", choice);
        }
    }

    private static void declare(List<String> called, ObjectNode body) {
        if (called.isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        for (String name : called) {
            tools.addObject().put("name", name).set("input_schema", Json.ofType("object"));
        }
        body.set("tool_choice", Json.ofType("none"));
    }

    private ArrayNode tools(ChatRequest request) {
        ArrayNode written = Json.array();
        for (int i = 0; i < request.tools().size(); i++) {
            Tool tool = request.tools().get(i);
            JsonNode json = isAllowed(tool, request.toolChoice()) ? tool(tool) : null;
            if (json != null) {
                places.put("tools[" + i + "]", json);
                written.add(json);
            }
        }
        return written;
    }

    private static boolean isAllowed(Tool tool, @Nullable ToolChoice choice) {
        if (!(choice instanceof ToolChoice.Allowed allowed)) {
            return true;
        }
        if (tool instanceof Tool.Function function) {
            return allowed.names().contains(function.name());
        }
        return tool instanceof Tool.Custom custom && allowed.names().contains(custom.name());
    }

    private @Nullable JsonNode tool(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return function(function);
        }
        if (tool instanceof Tool.Custom custom) {
            return custom(custom);
        }
        Tool.BuiltIn builtIn = (Tool.BuiltIn) tool;
        if (builtIn.dialect().equals(AnthropicMessagesCodec.DIALECT)) {
            return JsonTree.leaf(builtIn.json());
        }
        drops.add(builtIn);
        return null;
    }

    private JsonNode function(Tool.Function function) {
        boolean strict = Boolean.TRUE.equals(function.strict());
        ObjectNode json = Json.object().put("name", function.name());
        if (function.description() != null) {
            json.put("description", function.description());
        }
        JsonNode schema = function.parameters() == null
                ? null
                : Json.parse(function.parameters().text());
        ObjectNode input = schema instanceof ObjectNode object
                ? schemas.input(strict ? schemas.strict(object) : object)
                : Json.ofType("object").set("properties", Json.object());
        json.set("input_schema", input);
        if (strict) {
            json.put("strict", true);
        }
        CacheMarks.write(function.cache(), json);
        return json;
    }

    private JsonNode custom(Tool.Custom custom) {
        drops.addIf(
                custom.format() != null, Feature.CUSTOM_TOOL_FORMAT, "Messages knows no grammar for a tool's input");
        ObjectNode json = Json.object().put("name", custom.name());
        if (custom.description() != null) {
            json.put("description", custom.description());
        }
        json.set("input_schema", Json.raw(CustomToolInput.SCHEMA));
        return json;
    }

    private @Nullable ObjectNode choice(@Nullable ToolChoice choice) {
        if (choice == null) {
            return null;
        }
        if (choice instanceof ToolChoice.Auto) {
            return Json.ofType("auto");
        }
        if (choice instanceof ToolChoice.None) {
            return Json.ofType("none");
        }
        if (choice instanceof ToolChoice.Allowed allowed) {
            forces = allowed.required();
            return Json.ofType(forces ? "any" : "auto");
        }
        if (choice instanceof ToolChoice.Opaque opaque) {
            return choice(opaque);
        }
        forces = true;
        return choice instanceof ToolChoice.Named named
                ? Json.ofType("tool").put("name", named.name())
                : Json.ofType("any");
    }

    private @Nullable ObjectNode choice(ToolChoice.Opaque opaque) {
        JsonNode json =
                opaque.dialect().equals(AnthropicMessagesCodec.DIALECT) ? Json.parseObject(opaque.json()) : null;
        drops.addIf(json == null, Feature.TOOL_CHOICE, "a choice that only " + opaque.dialect() + " knows");
        return json instanceof ObjectNode object ? object : null;
    }
}
