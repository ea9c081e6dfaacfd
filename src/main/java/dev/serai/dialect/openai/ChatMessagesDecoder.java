package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Message;
import dev.serai.conversation.Role;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.DataUrl;
import dev.serai.dialect.ForeignSignature;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a request. Neighbouring results of tools become one message. */
final class ChatMessagesDecoder {
    private final JsonMembers body;
    private final List<Extra> extras;
    private final ChatPartDecoder parts;
    private final List<Message> messages = new ArrayList<>();
    private final List<Content> results = new ArrayList<>();

    /** The calls that no result has answered yet, in order: name by id. */
    private final Map<String, String> unanswered = new LinkedHashMap<>();

    ChatMessagesDecoder(JsonMembers body, List<Extra> extras) {
        this.body = body;
        this.extras = extras;
        this.parts = new ChatPartDecoder(extras);
    }

    List<Message> read() throws CodecException {
        ArrayNode list = body.list("messages");
        if (list == null) {
            throw new CodecException("is missing; it must be a list of messages", "messages");
        }
        for (int i = 0; i < list.size(); i++) {
            JsonMembers message = body.element("messages", i, list.get(i));
            if (message != null) {
                read(message, i);
                message.leftOver(OpenAiChatCodec.DIALECT, extras);
            }
        }
        endResults();
        return messages;
    }

    private void read(JsonMembers message, int index) throws CodecException {
        String role = message.requiredText("role");
        switch (role) {
            case "system" -> add(Role.SYSTEM, parts.read(message), message);
            case "developer" -> add(Role.DEVELOPER, parts.read(message), message);
            case "user" -> add(Role.USER, parts.read(message), message);
            case "assistant" -> add(Role.ASSISTANT, assistant(message, index), message);
            case "tool", "function" -> results.add(result(message));
            default ->
                throw new CodecException("must be system, developer, user, assistant or tool", message.at("role"));
        }
    }

    private void add(Role role, List<Content> contents, JsonMembers message) throws CodecException {
        endResults();
        messages.add(new Message(role, contents, message.text("name")));
    }

    private void endResults() {
        if (!results.isEmpty()) {
            messages.add(new Message(Role.USER, results));
            results.clear();
        }
    }

    private Content result(JsonMembers message) throws CodecException {
        String name = message.text("name");
        String stated = message.text("tool_call_id");
        String id = stated == null || stated.isEmpty() ? nextUnanswered(name, message) : stated;
        unanswered.remove(id);
        return new Content.ToolResult(id, name, parts.read(message), false, null);
    }

    /** Results without an id, which the old functions had not, and some clients still leave out, answer in the order of the calls. */
    private String nextUnanswered(@Nullable String name, JsonMembers message) throws CodecException {
        for (Map.Entry<String, String> call : unanswered.entrySet()) {
            if (name == null || name.equals(call.getValue())) {
                return call.getKey();
            }
        }
        throw new CodecException(
                "is missing, and there is no call before that waits for an answer", message.at("tool_call_id"));
    }

    private List<Content> assistant(JsonMembers message, int index) throws CodecException {
        List<Content> contents = new ArrayList<>(thoughts(message));
        contents.addAll(cited(parts.read(message), message));
        sign(contents, message);
        String refusal = message.text("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            contents.add(new Content.Refusal(refusal));
        }
        JsonMembers audio = message.object("audio");
        if (audio != null) {
            contents.add(new Content.Audio(new Source.FileId(OpenAiChatCodec.DIALECT, audio.requiredText("id"))));
            audio.ignore("data", "expires_at", "transcript");
            audio.leftOver(OpenAiChatCodec.DIALECT, extras);
        }
        contents.addAll(images(message));
        contents.addAll(calls(message, index));
        return contents;
    }

    private static List<Content> thoughts(JsonMembers message) throws CodecException {
        List<Content> thoughts = new ArrayList<>();
        boolean worded = false;
        ArrayNode details = message.list(ChatThoughts.DETAILS);
        for (int i = 0; details != null && i < details.size(); i++) {
            if (details.get(i) instanceof ObjectNode detail) {
                thoughts.add(thought(detail));
                worded |= !ChatThoughts.words(detail).isEmpty();
            }
        }
        String content = message.text(ChatThoughts.REASONING_CONTENT);
        String reasoning = message.text(ChatThoughts.REASONING);
        boolean first = content != null && (reasoning == null || reasoning.isEmpty() || !content.isEmpty());
        String words = first ? content : reasoning;
        if (!worded && words != null && (!words.isEmpty() || first)) {
            // DeepSeek wants to see the field even where nothing was thought.
            String field = first ? ChatThoughts.REASONING_CONTENT : ChatThoughts.REASONING;
            thoughts.add(0, new Content.Thinking(words, ChatThoughts.ofField(field, null)));
        }
        return thoughts;
    }

    private static Content thought(ObjectNode detail) {
        String type = detail.path("type").asText("");
        boolean encrypted = type.equals(ChatThoughts.ENCRYPTED);
        if (!encrypted && ChatThoughts.wordsMember(type) == null) {
            return new Content.Opaque(OpenAiChatCodec.DIALECT, type, JsonTree.raw(detail));
        }
        String text = detail.path(encrypted ? "data" : "signature").asText("");
        Signature signature = text.isEmpty() ? null : ForeignSignature.read(text, OpenAiChatCodec.DIALECT);
        if (signature == null || signature.dialect().equals(OpenAiChatCodec.DIALECT)) {
            // Not one that Serai has put there for the model of another dialect.
            signature = ChatThoughts.ofDetail(detail, null);
        }
        return encrypted
                ? new Content.RedactedThinking(signature)
                : new Content.Thinking(ChatThoughts.words(detail), type.equals(ChatThoughts.SUMMARY), signature);
    }

    /** The texts with the annotations that the client has kept beside them. */
    private static List<Content> cited(List<Content> contents, JsonMembers message) throws CodecException {
        ArrayNode annotations = message.list("annotations");
        if (annotations == null
                || annotations.isEmpty()
                || contents.size() != 1
                || !(contents.get(0) instanceof Content.Text text)) {
            if (annotations != null && !annotations.isEmpty()) {
                message.leave("annotations");
            }
            return contents;
        }
        List<Citation> citations = new ArrayList<>();
        annotations.forEach(annotation -> citations.add(ChatCitations.read(annotation, 0)));
        return List.of(new Content.Text(text.text(), citations, text.cache(), text.signature()));
    }

    private static void sign(List<Content> contents, JsonMembers message) {
        Signature signature = googleSignature(message);
        int last = contents.size() - 1;
        if (signature != null && last >= 0 && contents.get(last) instanceof Content.Text text) {
            contents.set(last, new Content.Text(text.text(), text.citations(), text.cache(), signature));
        } else if (signature != null) {
            contents.add(new Content.Text("", List.of(), null, signature));
        }
    }

    /** Where Google's endpoint keeps signatures, and Serai those of others. */
    private static @Nullable Signature googleSignature(JsonMembers members) {
        JsonNode extra = members.peek("extra_content");
        String text = extra == null
                ? ""
                : extra.path("google").path("thought_signature").asText("");
        if (text.isEmpty()) {
            return null;
        }
        members.ignore("extra_content");
        return ForeignSignature.read(text, OpenAiChatCodec.DIALECT);
    }

    private static List<Content> images(JsonMembers message) throws CodecException {
        List<Content> images = new ArrayList<>();
        ArrayNode list = message.list("images");
        if (list != null) {
            for (JsonNode image : list) {
                String url = image.path("image_url").path("url").asText("");
                if (url.isEmpty()) {
                    message.leave("images");
                    return List.of();
                }
                images.add(new Content.Image(DataUrl.source(url)));
            }
        }
        return images;
    }

    private List<Content> calls(JsonMembers message, int index) throws CodecException {
        List<Content> calls = new ArrayList<>();
        ArrayNode list = message.list("tool_calls");
        for (int i = 0; list != null && i < list.size(); i++) {
            JsonMembers call = message.element("tool_calls", i, list.get(i));
            if (call != null) {
                calls.add(call(call, index, i));
                call.leftOver(OpenAiChatCodec.DIALECT, extras);
            }
        }
        JsonMembers function = message.object("function_call");
        if (function != null) {
            String name = function.requiredText("name");
            calls.add(call(
                    madeUpId(index, calls.size()), name, Tool.Kind.FUNCTION, arguments(function, "arguments"), null));
        }
        return calls;
    }

    private Content call(JsonMembers call, int message, int index) throws CodecException {
        String stated = call.text("id");
        String id = stated == null || stated.isEmpty() ? madeUpId(message, index) : stated;
        String type = call.text("type");
        call.ignore("index");
        boolean custom = "custom".equals(type);
        if (!custom && type != null && !type.equals("function")) {
            call.node().fieldNames().forEachRemaining(call::ignore);
            return new Content.Opaque(
                    OpenAiChatCodec.DIALECT, ChatMessagesEncoder.CALL_KIND + type, JsonTree.raw(call.node()));
        }
        JsonMembers inner = call.object(custom ? "custom" : "function");
        if (inner == null) {
            throw new CodecException("is missing; it must be an object", call.at(custom ? "custom" : "function"));
        }
        String name = inner.requiredText("name");
        String arguments = arguments(inner, custom ? "input" : "arguments");
        inner.leftOver(OpenAiChatCodec.DIALECT, extras);
        return call(id, name, custom ? Tool.Kind.CUSTOM : Tool.Kind.FUNCTION, arguments, googleSignature(call));
    }

    private Content call(String id, String name, Tool.Kind kind, String arguments, @Nullable Signature signature) {
        unanswered.put(id, name);
        return new Content.ToolCall(id, name, kind, arguments, null, signature);
    }

    private String madeUpId(int message, int index) {
        String id = "call_" + message + "_" + index;
        return unanswered.containsKey(id) ? id + "_" : id;
    }

    /** Some clients write arguments as the object that they are. */
    private static String arguments(JsonMembers function, String name) {
        JsonNode arguments = function.any(name);
        if (arguments == null) {
            return "";
        }
        return arguments.isTextual() ? arguments.textValue() : JsonTree.text(arguments);
    }
}
