package dev.serai.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.dialect.CodecException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The data types as an application finds them, which knows nothing of Serai but its jar. */
class DialectTransformerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same question in each dialect. */
    private static final Map<String, String> QUESTIONS = Map.of(
            "openai-chat", "{'model':'m-1','messages':[{'role':'user','content':'Is it warm?'}],'max_tokens':50}",
            "openai-responses", "{'model':'m-1','input':'Is it warm?','max_output_tokens':50,'store':false}",
            "anthropic-messages",
                    "{'model':'m-1','max_tokens':50,'messages':[{'role':'user','content':'Is it warm?'}]}",
            "gemini",
                    "{'model':'m-1','contents':[{'role':'user','parts':[{'text':'Is it warm?'}]}],"
                            + "'generationConfig':{'maxOutputTokens':50}}");

    private static final Map<String, String> REPLIES = Map.of(
            "openai-chat",
                    "{'id':'c','object':'chat.completion','created':1,'model':'m-1','choices':[{'index':0,'message':"
                            + "{'role':'assistant','content':'It is.'},'finish_reason':'stop'}]}",
            "openai-responses",
                    "{'id':'r','object':'response','created_at':1,'status':'completed','model':'m-1','output':[{'id':'i',"
                            + "'type':'message','role':'assistant','content':[{'type':'output_text','text':'It is.'}]}]}",
            "anthropic-messages",
                    "{'id':'m','type':'message','role':'assistant','model':'m-1','content':[{'type':'text','text':'It is.'}],"
                            + "'stop_reason':'end_turn','usage':{'input_tokens':3,'output_tokens':2}}",
            "gemini",
                    "{'candidates':[{'content':{'role':'model','parts':[{'text':'It is.'}]},'finishReason':'STOP'}]}");

    private static final Map<String, String> TEXT_OF_REPLY = Map.of(
            "openai-chat", "/choices/0/message/content",
            "openai-responses", "/output/0/content/0/text",
            "anthropic-messages", "/content/0/text",
            "gemini", "/candidates/0/content/parts/0/text");

    private static CamelContext context;

    @BeforeAll
    static void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    static Stream<Arguments> pairs() {
        List<String> dialects = QUESTIONS.keySet().stream().sorted().toList();
        return dialects.stream()
                .flatMap(
                        from -> dialects.stream().filter(to -> !to.equals(from)).map(to -> Arguments.of(from, to)));
    }

    private static Exchange exchange(String body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body.replace('\'', '"'));
        return exchange;
    }

    private static void transform(Exchange exchange, String from, String to) throws Exception {
        DataType source = new DataType("serai:" + from);
        DataType target = new DataType("serai:" + to);
        Transformer transformer =
                context.getTransformerRegistry().resolveTransformer(new TransformerKey(source, target));
        transformer.transform(exchange.getMessage(), source, target);
    }

    private static JsonNode body(Exchange exchange) throws Exception {
        return JSON.readTree(exchange.getMessage().getBody(byte[].class));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_question_goes_there_and_its_answer_comes_back(String from, String to) throws Exception {
        Exchange exchange = exchange(QUESTIONS.get(from));
        transform(exchange, from, to);

        assertThat(body(exchange).toString()).contains("Is it warm?", "50");

        exchange.getMessage().setBody(REPLIES.get(to).replace('\'', '"'));
        transform(exchange, to + "-reply", from + "-reply");

        assertThat(body(exchange).at(TEXT_OF_REPLY.get(from)).asText()).isEqualTo("It is.");
    }

    @Test
    void what_cannot_be_said_is_named_in_a_header_that_does_not_outlive_the_next_step() throws Exception {
        Exchange exchange = exchange(QUESTIONS.get("openai-chat").replace("'max_tokens'", "'seed':7,'max_tokens'"));
        transform(exchange, "openai-chat", "anthropic-messages");

        assertThat(exchange.getMessage().getHeader(DialectTransformer.DROPPED)).isEqualTo("seed");

        exchange.getMessage().setBody(REPLIES.get("anthropic-messages").replace('\'', '"'));
        transform(exchange, "anthropic-messages-reply", "openai-chat-reply");

        assertThat(exchange.getMessage().getHeader(DialectTransformer.DROPPED)).isNull();
    }

    @Test
    void embeddings_are_translated_too() throws Exception {
        Exchange exchange = exchange("{'model':'m-1','input':'Samarkand'}");
        transform(exchange, "openai-embeddings", "gemini-embeddings");

        assertThat(body(exchange).at("/requests/0/content/parts/0/text").asText())
                .isEqualTo("Samarkand");

        exchange.getMessage().setBody("{\"embeddings\":[{\"values\":[0.5]}]}");
        transform(exchange, "gemini-embeddings-reply", "openai-embeddings-reply");

        assertThat(body(exchange).at("/data/0/embedding/0").asDouble()).isEqualTo(0.5);
    }

    @Test
    void a_reply_without_its_request_is_refused() {
        assertThatThrownBy(() -> transform(
                        exchange(REPLIES.get("anthropic-messages")), "anthropic-messages-reply", "openai-chat-reply"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in the exchange in which its request was");
    }

    @Test
    void what_no_dialect_can_be_translated_to_is_refused_with_the_names_of_those_there_are() {
        assertThatThrownBy(() -> transform(exchange(QUESTIONS.get("openai-chat")), "openai-chat", "openai-embeddings"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no translation from openai-chat to openai-embeddings")
                .hasMessageContaining("anthropic-messages");
    }

    @Test
    void a_request_that_cannot_be_said_there_is_refused_with_the_parameter() {
        Exchange exchange = exchange("{'model':'m-1','input':'hi','previous_response_id':'resp_1'}");

        assertThatThrownBy(() -> transform(exchange, "openai-responses", "anthropic-messages"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("keeps no answers");
    }
}
