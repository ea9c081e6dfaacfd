package dev.serai.dialect.openai;

import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.Message;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Role;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ForeignSignature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is left of a conversation that was said in responses and read again: the limits of the dialect, as a table of rules. */
final class ResponsesSayable {
    private static final String ID = OpenAiResponsesCodec.ID;

    private ResponsesSayable() {}

    /** Encoded for this model, and read again. Messages are joined: cut differently they say the same. */
    static ChatRequest afterRequest(ChatRequest request, String model) {
        ChatRequest signed = request.signedFor(ID, model);
        List<Message> messages = signed.messages().stream()
                .map(message -> new Message(message.role(), contents(message.contents(), message.role())))
                .toList();
        return ChatRequest.builder(model)
                .messages(Message.joined(messages))
                .tools(signed.tools().stream().flatMap(ResponsesSayable::tool).toList())
                .toolChoice(signed.toolChoice())
                .parallelToolCalls(signed.parallelToolCalls())
                .output(output(signed.output()))
                .sampling(Sampling.of(
                        signed.sampling().temperature(), signed.sampling().topP()))
                .limits(limits(signed.limits()))
                .reasoning(reasoning(signed.reasoning()))
                .delivery(delivery(signed.delivery()))
                .labels(signed.labels())
                .cache(new CacheSettings(signed.cache().key(), signed.cache().retention(), null, null))
                .extras(own(signed.extras()))
                .build();
    }

    private static List<Content> contents(List<Content> contents, Role role) {
        List<Content> left = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            boolean shown = contents.get(i) instanceof Content.Thinking full
                    && i + 1 < contents.size()
                    && contents.get(i + 1) instanceof Content.Thinking summary
                    && !full.summary()
                    && full.signature() == null
                    && summary.summary()
                    && !summary.text().isEmpty()
                    && summary.signature() != null;
            if (shown) {
                // What was thought and its summary are one item, which is signed as a whole.
                String thought = ((Content.Thinking) contents.get(i)).text();
                left.addAll(thought.isEmpty() ? List.of() : List.of(new Content.Thinking(thought, false, null)));
            } else {
                left.addAll(said(contents.get(i), role == Role.ASSISTANT));
            }
        }
        return left;
    }

    private static List<Content> said(Content content, boolean ofModel) {
        if (content instanceof Content.Text text) {
            return List.of(new Content.Text(text.text(), ofModel ? citations(text) : List.of(), null, null));
        }
        if (content instanceof Content.ToolCall call) {
            boolean function = call.kind() == Tool.Kind.FUNCTION;
            return List.of(new Content.ToolCall(
                    call.id(),
                    call.name(),
                    call.kind(),
                    function ? call.argumentsOrEmpty() : call.arguments(),
                    null,
                    null));
        }
        if (content instanceof Content.ToolResult result) {
            return List.of(result(result));
        }
        if (content instanceof Content.Thinking thinking) {
            return thinking.signature() == null
                    ? List.of()
                    : List.of(thought(thinking.text(), thinking.summary(), thinking.signature()));
        }
        if (content instanceof Content.RedactedThinking redacted) {
            return List.of(thought("", false, redacted.signature()));
        }
        if (content instanceof Content.Opaque opaque) {
            return opaque.dialect().equals(ID) ? List.of(opaque) : List.of();
        }
        if (content instanceof Content.Refusal refusal) {
            return List.of(ofModel ? refusal : new Content.Text(refusal.text()));
        }
        return ofModel ? List.of() : media(content);
    }

    private static Content thought(String text, boolean summary, Signature signature) {
        return new Content.Thinking(
                text, !text.isEmpty() && summary, new Signature(signature.text(), ID, null, signature.itemId()));
    }

    private static Content result(Content.ToolResult result) {
        List<Content> contents = new ArrayList<>();
        for (Content content : result.contents()) {
            if (!(content instanceof Content.Audio)) {
                contents.addAll(said(content, false));
            }
        }
        return new Content.ToolResult(
                result.callId(), null, contents.isEmpty() ? List.of(new Content.Text("")) : contents, false, null);
    }

    private static List<Content> media(Content content) {
        if (content instanceof Content.Image image) {
            Source source = source(image.source());
            // Every image is written with a detail.
            Content.Detail detail = image.detail() == null ? Content.Detail.AUTO : image.detail();
            return source == null ? List.of() : List.of(new Content.Image(source, detail, null, null));
        }
        if (content instanceof Content.Audio audio) {
            return audio.source() instanceof Source.Base64 ? List.of(new Content.Audio(audio.source())) : List.of();
        }
        Content.Document document = (Content.Document) content;
        if (document.source() instanceof Source.PlainText plain) {
            return List.of(new Content.Text(plain.text()));
        }
        if (document.source() instanceof Source.Parts parts) {
            return parts.contents().stream()
                    .flatMap(part -> said(part, false).stream())
                    .toList();
        }
        boolean held = document.source() instanceof Source.Base64;
        Source source = source(document.source());
        String title = document.title() == null ? "file.pdf" : ended(document.title());
        return source == null
                ? List.of()
                : List.of(new Content.Document(source, held ? title : null, null, null, null));
    }

    private static @Nullable Source source(Source source) {
        if (source instanceof Source.Url url) {
            return new Source.Url(url.url(), null);
        }
        if (source instanceof Source.FileId file) {
            boolean ours = file.dialect().equals(ID) || file.dialect().equals("openai-chat");
            return ours ? new Source.FileId(ID, file.id()) : null;
        }
        return source;
    }

    private static Stream<Tool> tool(Tool tool) {
        if (tool instanceof Tool.Function function) {
            RawJson parameters = OpenAiSchemas.parameters(function.parameters());
            RawJson strict = Boolean.TRUE.equals(function.strict()) ? OpenAiSchemas.strict(parameters) : null;
            return Stream.of(new Tool.Function(
                    function.name(),
                    function.description(),
                    strict == null ? parameters : strict,
                    strict != null,
                    function.namespace(),
                    null));
        }
        boolean foreign =
                tool instanceof Tool.BuiltIn builtIn && !builtIn.dialect().equals(ID);
        return foreign ? Stream.of() : Stream.of(tool);
    }

    private static Output output(Output output) {
        OutputFormat format = output.format();
        if (format instanceof OutputFormat.JsonSchema schema) {
            RawJson strict = Boolean.TRUE.equals(schema.strict()) ? OpenAiSchemas.strict(schema.schema()) : null;
            format = new OutputFormat.JsonSchema(
                    schema.name() == null ? "answer" : schema.name(),
                    schema.description(),
                    strict == null ? schema.schema() : strict,
                    schema.strict() == null ? null : Boolean.valueOf(strict != null));
        }
        Boolean logprobs = Boolean.TRUE.equals(output.logprobs()) ? Boolean.TRUE : null;
        return new Output(format, output.verbosity(), List.of(), null, logprobs, output.topLogprobs());
    }

    private static Limits limits(Limits limits) {
        Long most = limits.maxOutputTokens();
        return new Limits(most == null ? null : Long.valueOf(Math.max(16, most)), List.of(), null);
    }

    private static Reasoning reasoning(Reasoning reasoning) {
        return new Reasoning(
                null,
                reasoning.effortOrEquivalent(),
                null,
                reasoning.summary() == Reasoning.Summary.HIDDEN ? null : reasoning.summary(),
                ResponsesReasoning.wantsSignatures(reasoning) ? Boolean.TRUE : null);
    }

    private static Delivery delivery(Delivery delivery) {
        boolean unsaid = delivery.store() == null && delivery.previousResponseId() != null;
        return new Delivery(
                delivery.stream(),
                null,
                delivery.serviceTier() == ServiceTier.BATCH ? null : delivery.serviceTier(),
                unsaid ? null : Boolean.valueOf(Boolean.TRUE.equals(delivery.store())),
                delivery.previousResponseId());
    }

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
                        usage.outputAudio())
                .withImages(usage.inputImage(), usage.outputImage())
                .withWebSearches(usage.webSearches());
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

    /** A refusal without its words is a filter's. */
    private static FinishReason reason(FinishReason reason, List<Content> contents) {
        boolean calls = contents.stream().anyMatch(Content.ToolCall.class::isInstance);
        boolean refuses = contents.stream().anyMatch(Content.Refusal.class::isInstance);
        FinishReason plain = refuses ? FinishReason.REFUSAL : FinishReason.STOP;
        return switch (reason) {
            case MAX_TOKENS, CONTEXT_FULL -> FinishReason.MAX_TOKENS;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
            case REFUSAL -> refuses ? calls ? FinishReason.TOOL_CALLS : plain : FinishReason.CONTENT_FILTER;
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED, MALFORMED_TOOL_CALL, OTHER ->
                calls ? FinishReason.TOOL_CALLS : plain;
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

    /** OpenAI tells by the ending what a file is. */
    private static String ended(String title) {
        return title.contains(".") ? title : title + ".pdf";
    }
}
