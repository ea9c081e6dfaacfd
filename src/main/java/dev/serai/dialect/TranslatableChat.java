package dev.serai.dialect;

import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Message;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.ReplyEvents;
import dev.serai.conversation.Role;
import dev.serai.conversation.Source;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A conversation on its way between two dialects. */
record TranslatableChat(
        Codecs codecs, ChatCodec client, ChatRequest asked, boolean streams, ReplyIdentity identity, boolean isKept)
        implements Translatable {

    @Override
    public Translation to(String dialect, EncodingTarget target, ReplySource source) throws CodecException {
        ChatCodec provider = codecs.chat(dialect);
        if (provider == null) {
            throw new IllegalArgumentException("there is no codec for conversations in " + dialect);
        }
        ChatRequest told = isKept ? stored(true) : asked;
        ChatRequest sent = isKept ? stored(null) : asked;
        ReplyContext context = new ReplyContext(told, identity.id(), identity.epochSeconds(), identity.framing());
        ToolRenaming names = ToolRenaming.of(asked, provider.toolNames());
        // In the client's own dialect only the request comes this way, so nobody would call the tools back by their
        // names.
        Encoded request = provider.encodeRequest(client == provider ? sent : names.there(sent), target);
        return new Chat(client, provider, request, names, source, context, streams);
    }

    private ChatRequest stored(@Nullable Boolean store) {
        Delivery said = asked.delivery();
        return asked.toBuilder()
                .delivery(new Delivery(
                        said.stream(), said.includeUsage(), said.serviceTier(), store, said.previousResponseId()))
                .build();
    }

    @Override
    public Translatable kept() {
        return new TranslatableChat(codecs, client, asked, streams, identity, true);
    }

    @Override
    public Translatable within(long outputTokens) {
        ChatRequest shorter =
                asked.toBuilder().limits(asked.limits().within(outputTokens)).build();
        return new TranslatableChat(codecs, client, shorter, streams, identity, isKept);
    }

    @Override
    public List<MediaUrl> wanted(String dialect, boolean all) {
        ChatCodec provider = codecs.chat(dialect);
        return provider == null ? List.of() : MediaUrls.in(asked, content -> all || provider.wantsBytes(content));
    }

    @Override
    public Translatable with(Map<MediaUrl, Source.Base64> fetched) {
        return new TranslatableChat(codecs, client, MediaUrls.replaced(asked, fetched), streams, identity, isKept);
    }

    /** What has to fit as a whole, such as JSON by a schema, cannot be gone on with. */
    @Override
    public @Nullable Splice splice() {
        OutputFormat format = asked.output().format();
        Integer choices = asked.limits().choices();
        boolean isPlain =
                (format == null || format instanceof OutputFormat.PlainText) && (choices == null || choices == 1);
        return streams && isPlain && !isKept ? new Splice(client.openEncoder(context())) : null;
    }

    private ReplyContext context() {
        return new ReplyContext(asked, identity.id(), identity.epochSeconds(), identity.framing());
    }

    @Override
    public StreamReading next(Splice splice, String dialect, ReplySource source) {
        ChatCodec provider = Objects.requireNonNull(codecs.chat(dialect), dialect);
        ToolNameRule rule = client == provider ? ToolNameRule.ANY : provider.toolNames();
        return new TranslatedReading(provider.openDecoder(source), ToolRenaming.of(asked, rule), splice.next());
    }

    @Override
    public Translatable after(String beginning) {
        if (beginning.isEmpty()) {
            return this;
        }
        List<Message> messages = new ArrayList<>(asked.messages());
        Message last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
        if (last != null && last.role() == Role.ASSISTANT) {
            messages.set(messages.size() - 1, last.with(new Content.Text(beginning)));
        } else {
            messages.add(Message.of(Role.ASSISTANT, beginning));
        }
        // No model thinks in the middle of its answer, and those that would are refused a beginning.
        ChatRequest going = asked.toBuilder()
                .messages(messages)
                .reasoning(Reasoning.UNSAID)
                .limits(asked.limits().less(TextTokens.of(beginning)))
                .build();
        return new TranslatableChat(codecs, client, going, streams, identity, isKept);
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
