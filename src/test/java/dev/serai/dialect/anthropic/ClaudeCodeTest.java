package dev.serai.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Role;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

/** The most important client of the dialect: a request of the shape and size that Claude Code sends. */
class ClaudeCodeTest {
    private static final int BYTES = 117 * 1024;

    @Test
    void claude_code_s_request_with_24_tools_and_117_kB_is_understood() throws CodecException {
        ObjectNode body = request();
        assertThat(body.toString().getBytes(UTF_8).length).isGreaterThan(BYTES);
        ChatRequest request = Wire.request(body.toString());
        assertThat(request.tools()).hasSize(24).allSatisfy(tool -> assertThat(tool)
                .isInstanceOf(Tool.Function.class));
        assertThat(request.messages())
                .extracting(message -> message.role())
                .containsExactly(Role.SYSTEM, Role.USER, Role.SYSTEM, Role.ASSISTANT, Role.USER);
        assertThat(request.messages().get(0).contents())
                .extracting(content -> ((Content.Text) content).cache())
                .containsExactly(null, CacheMark.ONE_HOUR, CacheMark.FIVE_MINUTES);
        assertThat(request.reasoning().mode()).isEqualTo(Reasoning.Mode.ADAPTIVE);
        assertThat(request.extras())
                .extracting(extra -> extra.name())
                .containsExactly("system[1].cache_control.scope", "context_management");
    }

    @Test
    void claude_code_s_request_goes_out_as_it_came_in_but_for_accepted_differences() throws CodecException {
        ObjectNode body = request();
        Encoded encoded = Wire.encode(Wire.request(body.toString()));
        Accepted accepted = new Accepted(new HashMap<>());
        assertThat(Accepted.differences("", accepted.request(body), accepted.request(Wire.tree(Wire.text(encoded)))))
                .isEmpty();
        assertThat(Wire.dropped(encoded)).containsExactly("system_position");
    }

    @Test
    void the_signature_of_a_call_comes_back_from_the_client_to_its_call() throws CodecException {
        Content.ToolCall call = new Content.ToolCall(
                "call_1", "Read", Tool.Kind.FUNCTION, "{}", null, new Signature("c2ln", "gemini", "gemini-3-pro"));
        ArrayNode blocks = Json.array();
        call.accept(new ReplyBlocks(new Drops())).forEach(blocks::add);
        ObjectNode body = request();
        ((ArrayNode) body.get("messages")).addObject().put("role", "assistant").set("content", blocks);
        ChatRequest request = Wire.request(body.toString());
        assertThat(request.messages().get(5).contents()).containsExactly(call);
    }

    private static ObjectNode request() {
        ObjectNode body =
                Json.object().put("model", Wire.MODEL).put("max_tokens", 32_000).put("stream", true);
        ArrayNode system = body.putArray("system");
        system.addObject().put("type", "text").put("text", "You are an agent.");
        system.addObject()
                .put("type", "text")
                .put("text", "Rules. ".repeat(2_000))
                .putObject("cache_control")
                .put("type", "ephemeral")
                .put("ttl", "1h")
                .put("scope", "global");
        system.addObject()
                .put("type", "text")
                .put("text", "Today.")
                .putObject("cache_control")
                .put("type", "ephemeral");
        ArrayNode tools = body.putArray("tools");
        for (int i = 0; i < 24; i++) {
            tools.add(tool(i));
        }
        body.putObject("thinking").put("type", "adaptive");
        body.putObject("output_config").put("effort", "high");
        body.putObject("metadata").put("user_id", "{\"device_id\":\"d\",\"session_id\":\"s\"}");
        body.putObject("context_management").putArray("edits").addObject().put("type", "clear_thinking_20251015");
        ArrayNode messages = body.putArray("messages");
        messages.add(
                Wire.tree(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"<system-reminder>\\nx\"},"
                                + "{\"type\":\"text\",\"text\":\"Fix it.\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]}"));
        messages.add(Wire.tree("{\"role\":\"system\",\"content\":\"Skills: none.\"}"));
        messages.add(Wire.tree("{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"\","
                + "\"signature\":\"EqoB\"},{\"type\":\"tool_use\",\"id\":\"toolu_01\",\"name\":\"Tool0\","
                + "\"input\":{\"file_path\":\"/a\"}}]}"));
        messages.add(Wire.tree("{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"toolu_01\",\"type\":\"tool_result\","
                + "\"content\":\"1\\tline\",\"is_error\":false}]}"));
        return body;
    }

    private static JsonNode tool(int number) {
        ObjectNode schema = Json.object().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        ObjectNode path = schema.putObject("properties").putObject("file_path");
        path.put("description", "Where it is.").put("type", "string");
        schema.putArray("required").add("file_path");
        schema.put("additionalProperties", false);
        return Json.object()
                .put("name", "Tool" + number)
                .put("description", "Reads a file.\n- Absolute paths only.\n".repeat(110))
                .set("input_schema", schema);
    }
}
