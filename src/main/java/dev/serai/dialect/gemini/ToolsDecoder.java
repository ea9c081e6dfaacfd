package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Extra;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CodecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code tools} and {@code toolConfig}. */
final class ToolsDecoder {
    private static final String DECLARATIONS = "functionDeclarations";

    private final List<Extra> extras;

    ToolsDecoder(List<Extra> extras) {
        this.extras = extras;
    }

    List<Tool> tools(Members body) throws CodecException {
        List<Tool> tools = new ArrayList<>();
        for (Members tool : body.objects("tools")) {
            for (Members function : tool.objects(DECLARATIONS)) {
                tools.add(function(function));
            }
            for (Map.Entry<String, JsonNode> member : tool.object().properties()) {
                String name = member.getKey();
                if (!name.equals(DECLARATIONS)
                        && !name.equals("function_declarations")
                        && !member.getValue().isNull()) {
                    tools.add(builtIn(name, member.getValue()));
                }
            }
        }
        return tools;
    }

    private static Tool builtIn(String name, JsonNode declaration) {
        ObjectNode whole = Json.object();
        whole.set(name, declaration);
        return new Tool.BuiltIn(Gemini.ID, name, Json.raw(whole));
    }

    private Tool function(Members function) throws CodecException {
        String name = function.word("name");
        if (name == null) {
            throw new CodecException("is missing; it must be the name of a function", function.at("name"));
        }
        Tool.Function tool = new Tool.Function(name, function.text("description"), parameters(function));
        function.leftOver(extras);
        return tool;
    }

    private static @Nullable RawJson parameters(Members function) throws CodecException {
        JsonNode json = function.any("parametersJsonSchema");
        if (json != null) {
            return Json.raw(json);
        }
        Members schema = function.object("parameters");
        return schema == null ? null : Json.raw(OpenApiSchemas.toJsonSchema(schema.object()));
    }

    @Nullable
    ToolChoice choice(Members body) throws CodecException {
        Members config = body.object("toolConfig");
        if (config == null) {
            return null;
        }
        Members calling = config.object("functionCallingConfig");
        ToolChoice choice = calling == null ? null : choiceOf(calling);
        if (calling != null) {
            calling.leftOver(extras);
        }
        config.leftOver(extras);
        return choice;
    }

    private static @Nullable ToolChoice choiceOf(Members calling) throws CodecException {
        String mode = calling.word("mode");
        List<String> names = calling.texts("allowedFunctionNames");
        switch (mode == null ? "" : mode) {
            case "AUTO" -> {
                calling.leave("allowedFunctionNames");
                return new ToolChoice.Auto();
            }
            case "NONE" -> {
                calling.leave("allowedFunctionNames");
                return new ToolChoice.None();
            }
            case "ANY" -> {
                if (names.isEmpty()) {
                    return new ToolChoice.Required();
                }
                return names.size() == 1 ? new ToolChoice.Named(names.get(0)) : new ToolChoice.Allowed(names, true);
            }
            case "VALIDATED" -> {
                if (!names.isEmpty()) {
                    return new ToolChoice.Allowed(names, false);
                }
                calling.leave("mode"); // as the model likes, but by the schemas
                return new ToolChoice.Auto();
            }
            default -> {
                calling.leave("mode");
                calling.leave("allowedFunctionNames");
                return null;
            }
        }
    }
}
