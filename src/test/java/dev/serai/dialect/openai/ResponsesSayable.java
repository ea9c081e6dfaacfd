package dev.serai.dialect.openai;

import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ForeignSignature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of a conversation that was said in responses and read again: the limits of the dialect, as a table of rules. */
final class ResponsesSayable {
    private static final String ID = OpenAiResponsesCodec.ID;

    private ResponsesSayable() {}

    /** For a context with id {@code abc}, second 1, and a request for model {@code m}, read again as a reply of model {@code m}. */
    static ChatReply afterReply(ChatReply reply) {
        Choice only = reply.choices().isEmpty() || reply.choices().get(0).index() != 0
                ? new Choice(0, List.of(), FinishReason.STOP)
                : reply.choices().get(0);
        return new ChatReply(
                reply.id().isEmpty() ? "resp_abc" : reply.id(),
                reply.model().isEmpty() ? "m" : reply.model(),
                reply.createdEpochSeconds() == null ? Long.valueOf(1) : reply.createdEpochSeconds(),
                List.of(choice(only)),
                usage(reply.usage()),
                reply.serviceTier() == ServiceTier.BATCH ? null : reply.serviceTier(),
                own(reply.extras()));
    }

    static List<Extra> own(List<Extra> extras) {
        return extras.stream().filter(extra -> extra.dialect().equals(ID)).toList();
    }

    /** Writes to the cache are one number. */
    static Usage usage(Usage usage) {
        return new Usage(
                usage.input(),
                usage.cacheRead(),
                usage.cacheWrite5m() + usage.cacheWrite1h(),
                0,
                usage.inputAudio(),
                usage.output(),
                usage.reasoning(),
                usage.outputAudio());
    }

    private static Choice choice(Choice choice) {
        List<Content> contents = new ArrayList<>();
        for (Content content : choice.contents()) {
            contents.addAll(content(content));
        }
        boolean texts = contents.stream().anyMatch(Content.Text.class::isInstance);
        return new Choice(
                0, contents, reason(choice.finishReason(), contents), null, texts ? logprobs(choice.logprobs()) : null);
    }

    private static FinishReason reason(FinishReason reason, List<Content> contents) {
        return switch (reason) {
            case MAX_TOKENS, CONTEXT_FULL -> FinishReason.MAX_TOKENS;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
            default -> {
                if (contents.stream().anyMatch(Content.ToolCall.class::isInstance)) {
                    yield FinishReason.TOOL_CALLS;
                }
                boolean refuses = contents.stream().anyMatch(Content.Refusal.class::isInstance);
                yield refuses ? FinishReason.REFUSAL : FinishReason.STOP;
            }
        };
    }

    private static List<Content> content(Content content) {
        if (content instanceof Content.Text text) {
            Content plain = new Content.Text(text.text(), citations(text), null, null);
            return signed(plain, text.signature(), ResponsesReasoningItem.OF_TEXT);
        }
        if (content instanceof Content.ToolCall call) {
            boolean function = call.kind() == Tool.Kind.FUNCTION;
            Content plain = new Content.ToolCall(
                    call.id(),
                    call.name(),
                    call.kind(),
                    function ? call.argumentsOrEmpty() : call.arguments(),
                    null,
                    null);
            return signed(plain, call.signature(), ResponsesReasoningItem.OF_CALL + call.id());
        }
        if (content instanceof Content.Thinking thinking) {
            return thinking(thinking);
        }
        if (content instanceof Content.RedactedThinking redacted) {
            return List.of(carrier(redacted.signature(), ResponsesReasoningItem.REDACTED));
        }
        if (content instanceof Content.Opaque opaque) {
            return opaque(opaque);
        }
        if (content instanceof Content.Audio audio) {
            return List.of(new Content.Text(audio.transcript() == null ? "" : audio.transcript()));
        }
        return content instanceof Content.Refusal ? List.of(content) : List.of();
    }

    /** An item without a type is known by no other name. */
    private static List<Content> opaque(Content.Opaque opaque) {
        if (!opaque.dialect().equals(ID)) {
            return List.of();
        }
        boolean typed = opaque.json().text().contains("\"type\":\"" + opaque.kind() + "\"");
        return List.of(typed ? opaque : new Content.Opaque(ID, "item", opaque.json()));
    }

    private static List<Content> thinking(Content.Thinking thinking) {
        Signature signature = thinking.signature();
        if (signature == null) {
            return thinking.text().isEmpty() ? List.of() : List.of(thinking);
        }
        return List.of(new Content.Thinking(
                thinking.text(),
                !thinking.text().isEmpty() && thinking.summary(),
                new Signature(ForeignSignature.write(signature, ID), ID, "m")));
    }

    private static List<Content> signed(Content content, @Nullable Signature signature, String mark) {
        return signature == null ? List.of(content) : List.of(content, carrier(signature, mark));
    }

    private static Content carrier(Signature signature, String mark) {
        return new Content.Thinking("", false, new Signature(ResponsesReasoningItem.marked(signature, mark), ID, "m"));
    }

    static List<Citation> citations(Content.Text text) {
        long length = text.text().codePoints().count();
        List<Citation> left = new ArrayList<>();
        for (Citation citation : text.citations()) {
            if (citation instanceof Citation.Web web) {
                Citation.Range span = web.span() == null ? new Citation.Range(0, length) : web.span();
                left.add(new Citation.Web(web.url(), web.title(), null, span, null));
            } else if (citation instanceof Citation.OfDocument document) {
                long at = document.span() == null ? length : document.span().to();
                left.add(new Citation.OfDocument(
                        null, document.fileId(), document.title(), null, null, null, new Citation.Range(at, at)));
            } else if (((Citation.Opaque) citation).dialect().equals(ID)) {
                left.add(citation);
            }
        }
        return left;
    }

    private static @Nullable Logprobs logprobs(@Nullable Logprobs logprobs) {
        if (logprobs == null || logprobs.content().isEmpty()) {
            return null;
        }
        return new Logprobs(
                logprobs.content().stream()
                        .map(token -> new Logprobs.Token(
                                candidate(token.chosen()),
                                token.top().stream()
                                        .map(ResponsesSayable::candidate)
                                        .toList()))
                        .toList(),
                List.of());
    }

    /** The bytes of a token are demanded. */
    private static Logprobs.Candidate candidate(Logprobs.Candidate candidate) {
        List<Integer> bytes = new ArrayList<>();
        for (byte b : candidate.token().getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xFF);
        }
        return candidate.bytes() == null
                ? new Logprobs.Candidate(candidate.token(), candidate.logprob(), bytes)
                : candidate;
    }
}
