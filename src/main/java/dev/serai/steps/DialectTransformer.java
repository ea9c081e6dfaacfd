package dev.serai.steps;

import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyIdentity;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.Translation;
import dev.serai.dialect.Translator;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.time.Clock;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;

/**
 * The codecs for an application that wants translation and no gateway. {@code serai:openai-chat} to {@code serai:anthropic-messages}
 * turns a request; {@code serai:anthropic-messages-reply} to {@code serai:openai-chat-reply}, later in the same exchange, the answer
 * to it. What cannot be said is named in the header {@value #DROPPED}.
 */
public final class DialectTransformer extends Transformer {
    /** Names, with commas between them. */
    public static final String DROPPED = "x-serai-dropped-params";

    /** The scheme of the types; what stands behind it names the dialect. */
    public static final String SCHEME = "serai";

    private static final String REPLY = "-reply";
    private static final String TRANSLATION = "SeraiTranslation";

    private final Dialects dialects;
    private final Translator translator;
    private final Clock clock;

    public DialectTransformer(Dialects dialects, Translator translator, Clock clock) {
        super(SCHEME);
        this.dialects = dialects;
        this.translator = translator;
        this.clock = clock;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) throws CodecException, JsonException {
        if (from.getName().endsWith(REPLY) && to.getName().endsWith(REPLY)) {
            reply(message);
        } else {
            request(message, from.getName(), to.getName());
        }
    }

    private void request(Message message, String from, String to) throws CodecException, JsonException {
        if (!translator.canTranslate(from, to)) {
            throw new IllegalArgumentException(
                    "there is no translation from " + from + " to " + to + "; the dialects are " + dialects.ids());
        }
        Exchange exchange = message.getExchange();
        ModelRequest request = dialects.get(from).readRequest(JsonDocument.parse(message.getBody(byte[].class)));
        String model = request.models().get(0);
        ReplyIdentity identity = new ReplyIdentity(
                ReplyIdentity.idOf(exchange.getExchangeId()), clock.instant().getEpochSecond(), request.framing());
        Translation translation =
                translator.decode(request, identity).to(to, new EncodingTarget(model, null), ReplySource.of(model, to));
        exchange.setProperty(TRANSLATION, translation);
        set(message, translation.request());
    }

    private static void reply(Message message) throws CodecException {
        Translation translation = message.getExchange().getProperty(TRANSLATION, Translation.class);
        if (translation == null) {
            throw new IllegalStateException("a reply is translated in the exchange in which its request was");
        }
        set(message, translation.reply(message.getBody(byte[].class)).encoded());
    }

    private static void set(Message message, Encoded encoded) {
        message.setBody(encoded.body());
        message.removeHeader(DROPPED);
        if (!encoded.dropped().isEmpty()) {
            message.setHeader(
                    DROPPED, encoded.dropped().stream().map(Dropped::name).collect(Collectors.joining(", ")));
        }
    }
}
