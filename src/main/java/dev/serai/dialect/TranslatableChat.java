package dev.serai.dialect;

import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ReplyEvents;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** A conversation on its way between two dialects. */
record TranslatableChat(Codecs codecs, ChatCodec client, ChatRequest asked, boolean streams, ReplyIdentity identity)
        implements Translatable {

    @Override
    public Translation to(String dialect, EncodingTarget target, ReplySource source) throws CodecException {
        ChatCodec provider = codecs.chat(dialect);
        if (provider == null) {
            throw new IllegalArgumentException("there is no codec for conversations in " + dialect);
        }
        ReplyContext context = new ReplyContext(asked, identity.id(), identity.epochSeconds(), identity.framing());
        ToolRenaming names = ToolRenaming.of(asked, provider.toolNames());
        Encoded request = provider.encodeRequest(names.there(asked), target);
        return new Chat(client, provider, request, names, source, context, streams);
    }

    private record Chat(
            ChatCodec client,
            ChatCodec provider,
            Encoded request,
            ToolRenaming names,
            ReplySource source,
            ReplyContext context,
            boolean streams)
            implements Translation {

        @Override
        public Reply reply(byte[] body) throws CodecException {
            ChatReply reply = names.back(provider.decodeReply(body, source));
            if (!streams) {
                return new Reply(client.encodeReply(reply, context), false);
            }
            if (reply.choices().isEmpty()) {
                throw new CodecException("the provider's reply has no answer in it", null);
            }
            ByteArrayOutputStream stream = new ByteArrayOutputStream(body.length * 2);
            StreamEncoder encoder = client.openEncoder(context);
            ReplyEvents.of(reply)
                    .forEach(event -> encoder.on(event, (bytes, from, to) -> stream.write(bytes, from, to - from)));
            return new Reply(new Encoded(stream.toByteArray(), List.of()), true);
        }

        @Override
        public StreamReading openStream() {
            return new TranslatedReading(provider.openDecoder(source), names, client.openEncoder(context));
        }
    }
}
