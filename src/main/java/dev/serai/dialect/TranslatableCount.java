package dev.serai.dialect;

import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Source;
import java.util.List;
import java.util.Map;

/** A question for a number of tokens on its way between two dialects. */
record TranslatableCount(Codecs codecs, CountCodec client, ChatRequest asked) implements Translatable {
    @Override
    public Translation to(String dialect, EncodingTarget target, ReplySource source) throws CodecException {
        CountCodec provider = codecs.counts(dialect);
        if (provider == null) {
            throw new IllegalArgumentException("there is no codec for counting tokens in " + dialect);
        }
        ChatCodec counted = codecs.chat(provider.conversation());
        ChatRequest named = counted == null
                ? asked
                : ToolRenaming.of(asked, counted.toolNames()).there(asked);
        return new Count(client, provider, provider.encodeRequest(named, target));
    }

    @Override
    public List<MediaUrl> wanted(String dialect, boolean all) {
        CountCodec provider = codecs.counts(dialect);
        ChatCodec counted = provider == null ? null : codecs.chat(provider.conversation());
        return counted == null ? List.of() : MediaUrls.in(asked, content -> all || counted.wantsBytes(content));
    }

    @Override
    public Translatable with(Map<MediaUrl, Source.Base64> fetched) {
        return new TranslatableCount(codecs, client, MediaUrls.replaced(asked, fetched));
    }

    private record Count(CountCodec client, CountCodec provider, Encoded request) implements Translation {
        @Override
        public Reply reply(byte[] body) throws CodecException {
            return new Reply(new Encoded(client.encodeReply(provider.decodeReply(body)), List.of()), false);
        }

        @Override
        public StreamReading openStream() {
            return new NoStream("a number of tokens is never streamed");
        }
    }
}
