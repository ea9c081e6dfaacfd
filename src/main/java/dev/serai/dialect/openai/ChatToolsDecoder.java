package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.Extra;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a request and the choice among them, in the form of today and in that of 2023. */
final class ChatToolsDecoder {
    /** The old list of functions. It stays as an extra, so that the client is answered in the old form. */
    static final String FUNCTIONS = "functions";

    private final JsonMembers body;
    private final List<Extra> extras;

    ChatToolsDecoder(JsonMembers body, List<Extra> extras) {
        this.body = body;
        this.extras = extras;
    }

    List<Tool> tools() throws CodecException {
        List<Tool> tools = new ArrayList<>();
        ArrayNode list = body.list("tools");
        for (int i = 0; list != null && i < list.size(); i++) {
            JsonMembers tool = body.element("tools", i, list.get(i));
            if (tool != null) {
                tools.add(tool(tool));
            }
        }
        ArrayNode functions = body.list(FUNCTIONS);
        for (int i = 0; functions != null && i < functions.size(); i++) {
            JsonMembers function = body.element(FUNCTIONS, i, functions.get(i));
            if (function != null) {
                tools.add(function(function, null));
            }
        }
        body.leave(FUNCTIONS);
        return tools;
    }

    private Tool tool(JsonMembers tool) throws CodecException {
        String type = tool.text("type");
        if (type == null || type.equals("function")) {
            CacheMark mark = ChatPartDecoder.mark(tool);
            JsonMembers inner = tool.object("function");
            JsonMembers function =
                    inner == null ? tool : inner; // Mistral's clients leave out the type, some write it flat
            Tool read = function(function, mark);
            if (inner != null) {
                tool.leftOver(OpenAiChatCodec.DIALECT, extras);
            }
            return read;
        }
        JsonMembers custom = type.equals("custom") ? tool.object("custom") : null;
        if (custom != null) {
            return custom(custom, tool);
        }
        return new Tool.BuiltIn(OpenAiChatCodec.DIALECT, type, JsonTree.raw(tool.node()));
    }

    private Tool function(JsonMembers function, @Nullable CacheMark outer) throws CodecException {
        CacheMark mark = outer == null ? ChatPartDecoder.mark(function) : outer;
        Tool read = new Tool.Function(
                function.requiredText("name"),
                function.text("description"),
                schema(function, "parameters"),
                function.flag("strict"),
                null,
                mark);
        if (!function.path().startsWith(FUNCTIONS)) {
            function.leftOver(OpenAiChatCodec.DIALECT, extras);
        }
        return read;
    }

    private static @Nullable RawJson schema(JsonMembers members, String name) throws CodecException {
        JsonMembers schema = members.object(name);
        return schema == null ? null : JsonTree.raw(schema.node());
    }

    private Tool custom(JsonMembers custom, JsonMembers tool) throws CodecException {
        Tool read = new Tool.Custom(custom.requiredText("name"), custom.text("description"), schema(custom, "format"));
        custom.leftOver(OpenAiChatCodec.DIALECT, extras);
        tool.leftOver(OpenAiChatCodec.DIALECT, extras);
        return read;
    }

    @Nullable
    ToolChoice choice() throws CodecException {
        JsonNode choice = body.any("tool_choice");
        JsonNode old = body.any("function_call");
        if (choice == null) {
            return old == null ? null : oldChoice(old);
        }
        if (choice.isTextual()) {
            return word(choice.textValue(), "tool_choice");
        }
        if (!choice.isObject()) {
            throw new CodecException("must be a string or an object", "tool_choice");
        }
        return object(choice);
    }

    private static ToolChoice oldChoice(JsonNode choice) throws CodecException {
        if (choice.isTextual()) {
            return word(choice.textValue(), "function_call");
        }
        if (choice.path("name").isTextual()) {
            return new ToolChoice.Named(choice.path("name").textValue());
        }
        throw new CodecException("must be none, auto or an object with a name", "function_call");
    }

    private static ToolChoice word(String word, String path) throws CodecException {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required", "any" -> new ToolChoice.Required(); // any: Mistral
            default -> throw new CodecException("must be none, auto, required or an object that names a tool", path);
        };
    }

    private static ToolChoice object(JsonNode choice) {
        String type = choice.path("type").asText("");
        if (type.equals("function") || type.equals("custom")) {
            String name = name(choice, type);
            if (name != null) {
                return new ToolChoice.Named(name);
            }
        }
        List<String> allowed = type.equals("allowed_tools") ? allowed(choice) : null;
        if (allowed != null) {
            JsonNode mode = choice.path("allowed_tools").path("mode");
            return new ToolChoice.Allowed(allowed, mode.asText("").equals("required"));
        }
        return new ToolChoice.Opaque(OpenAiChatCodec.DIALECT, JsonTree.raw(choice));
    }

    private static @Nullable String name(JsonNode tool, String type) {
        JsonNode inner = tool.path(type).path("name");
        JsonNode name = inner.isTextual() ? inner : tool.path("name");
        return name.isTextual() ? name.textValue() : null;
    }

    /** The names of the tools that may be called; null if one of them has no name. */
    private static @Nullable List<String> allowed(JsonNode choice) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : choice.path("allowed_tools").path("tools")) {
            String name = name(tool, tool.path("type").asText("function"));
            if (name == null) {
                return null;
            }
            names.add(name);
        }
        return names;
    }
}
