package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.Feature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tools} and {@code toolConfig}. Not thread-safe. */
final class ToolsEncoder {
    private static final RawJson PLAIN_TEXT = new RawJson(CustomToolInput.SCHEMA);

    private final Drops drops;
    private final ArrayNode tools = Json.array();
    private @Nullable ArrayNode declarations;
    private boolean declares;

    ToolsEncoder(Drops drops) {
        this.drops = drops;
    }

    void write(ChatRequest request, ObjectNode body) {
        request.tools().forEach(this::add);
        if (!tools.isEmpty()) {
            body.set("tools", tools);
        }
        drops.addIf(
                Boolean.FALSE.equals(request.parallelToolCalls()),
                Feature.PARALLEL_TOOL_CALLS,
                "Gemini calls several functions at once if it likes");
        if (request.toolChoice() != null) {
            writeChoice(request.toolChoice(), body);
        }
    }

    private void add(Tool tool) {
        if (tool instanceof Tool.Function function) {
            drops.addIf(function.cache() != null, Feature.CACHE_CONTROL, "Gemini caches on its own and knows no marks");
            drops.addIf(
                    Boolean.TRUE.equals(function.strict()),
                    Feature.STRICT,
                    "Gemini does not promise that arguments follow their schema");
            declare(function.name(), function.description(), function.parameters());
        } else if (tool instanceof Tool.Custom custom) {
            drops.addIf(custom.format() != null, Feature.CUSTOM_TOOL_FORMAT, "Gemini knows no grammars");
            declare(custom.name(), custom.description(), PLAIN_TEXT);
        } else if (tool instanceof Tool.BuiltIn builtIn) {
            addBuiltIn(builtIn);
        }
    }

    private void addBuiltIn(Tool.BuiltIn builtIn) {
        if (builtIn.dialect().equals(Gemini.ID)) {
            declarations = null;
            tools.add(Json.leaf(builtIn.json()));
        } else {
            drops.add(builtIn);
        }
    }

    private void declare(String name, @Nullable String description, @Nullable RawJson parameters) {
        ArrayNode list = declarations;
        if (list == null) {
            list = Json.array();
            declarations = list;
            tools.add(PartEncoder.wrapped("functionDeclarations", list));
        }
        ObjectNode function = list.addObject().put("name", ToolNames.encode(name));
        if (description != null) {
            function.put("description", description);
        }
        if (parameters != null) {
            function.set("parametersJsonSchema", Schemas.encode(parameters, drops));
        }
        declares = true;
    }

    private void writeChoice(ToolChoice choice, ObjectNode body) {
        ObjectNode calling = Json.object();
        if (choice instanceof ToolChoice.Auto) {
            calling.put("mode", "AUTO");
        } else if (choice instanceof ToolChoice.None) {
            calling.put("mode", "NONE");
        } else if (choice instanceof ToolChoice.Required) {
            calling.put("mode", "ANY");
        } else if (choice instanceof ToolChoice.Named named) {
            allow(calling, "ANY", List.of(named.name()));
        } else if (choice instanceof ToolChoice.Allowed allowed) {
            allow(calling, allowed.required() ? "ANY" : "VALIDATED", allowed.names());
        } else {
            drops.add(Feature.TOOL_CHOICE, "a choice that only another dialect knows");
            return;
        }
        boolean demands = !(choice instanceof ToolChoice.Auto || choice instanceof ToolChoice.None);
        if (declares || (!tools.isEmpty() && !demands)) {
            body.set("toolConfig", PartEncoder.wrapped("functionCallingConfig", calling));
        } else {
            drops.addIf(demands, Feature.TOOL_CHOICE, "there is no function to choose");
        }
    }

    private static void allow(ObjectNode calling, String mode, List<String> names) {
        ArrayNode allowed = calling.put("mode", mode).putArray("allowedFunctionNames");
        names.forEach(name -> allowed.add(ToolNames.encode(name)));
    }
}
