package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.dialect.CodecException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request of the size and shape that Claude Code sends, for providers of the other dialects. */
class LargeRequestTest {
    private static final int BYTES = 117 * 1024;

    @ParameterizedTest
    @EnumSource(value = Wire.class, names = "MESSAGES", mode = EnumSource.Mode.EXCLUDE)
    void twenty_four_tools_and_117_kB_cross_whole(Wire provider) throws Exception {
        String body = claudeCode().toString();
        assertThat(body.getBytes(UTF_8).length).isGreaterThan(BYTES);
        Crossing crossing = Crossing.of(Wire.MESSAGES, provider, body, true);
        assertThat(OfficialTypes.wrongRequest(provider, Recorded.parsed(crossing.request())))
                .isEmpty();
        assertThat(crossing.dropped()).isSubsetOf("cache_control", "context_management", "thinking_budget");
        assertThat(provider.codec
                        .decodeRequest(provider.request(crossing.request(), true))
                        .tools())
                .hasSize(24);
        assertThat(essence(provider, crossing.request())).isEqualTo(essence(Wire.MESSAGES, body));
    }

    private static List<String> essence(Wire wire, String request) throws CodecException {
        return Essence.of(Essence.contents(
                wire.codec.decodeRequest(wire.request(request, true)).messages()));
    }

    private static ObjectNode claudeCode() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", "asked").put("max_tokens", 32_000).put("stream", true);
        body.putObject("thinking").put("type", "enabled").put("budget_tokens", 16_000);
        body.putObject("context_management").putArray("edits");
        ArrayNode system = body.putArray("system");
        system.addObject().put("type", "text").put("text", "You are a tool for programmers.");
        ObjectNode rules = system.addObject().put("type", "text").put("text", "Be careful. ".repeat(2_500));
        rules.putObject("cache_control").put("type", "ephemeral").put("ttl", "1h");
        ArrayNode tools = body.putArray("tools");
        for (int i = 0; i < 24; i++) {
            ObjectNode tool = tools.addObject().put("name", "Tool" + i).put("description", "Does this. ".repeat(330));
            ObjectNode schema = tool.putObject("input_schema").put("type", "object");
            schema.putObject("properties").putObject("path").put("type", "string");
            schema.putArray("required").add("path");
        }
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "user").put("content", "Read the file.");
        ArrayNode calls = messages.addObject().put("role", "assistant").putArray("content");
        calls.addObject()
                .put("type", "tool_use")
                .put("id", "toolu_1")
                .put("name", "Tool3")
                .putObject("input")
                .put("path", "a.txt");
        ArrayNode results = messages.addObject().put("role", "user").putArray("content");
        results.addObject()
                .put("type", "tool_result")
                .put("tool_use_id", "toolu_1")
                .put("content", "A line.\n".repeat(100));
        return body;
    }
}
