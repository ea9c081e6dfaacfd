package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Labels;
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
import dev.serai.conversation.ToolChoice;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.ForeignSignature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a conversation Gemini's dialect can say: the reduction that writing and reading again amounts to, for a model whose name
 * tells nothing ({@link Conversations#MODEL}).
 */
final class GeminiSayable {
    private GeminiSayable() {}

    static ChatRequest request(ChatRequest request) {
        List<Tool> tools = request.tools().stream().flatMap(GeminiSayable::tool).toList();
        return ChatRequest.builder(request.model())
                .messages(messages(request.messages()))
                .tools(tools)
                .toolChoice(choice(request.toolChoice()))
                .output(output(request.output()))
                .sampling(sampling(request.sampling()))
                .limits(request.limits())
                .reasoning(reasoning(request.reasoning()))
                .delivery(new Delivery(
                        request.delivery().stream(),
                        null,
                        tier(request.delivery().serviceTier()),
                        null,
                        null))
                .labels(labels(request.labels()))
                .cache(new CacheSettings(null, null, null, request.cache().content()))
                .extras(own(request.extras()))
                .build();
    }

    private static List<Message> messages(List<Message> messages) {
        List<Content> instructions = new ArrayList<>();
        List<Message> turns = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER) {
                instructions.addAll(contents(message));
            } else {
                List<Content> said = contents(message);
                boolean silent = said.isEmpty() && message.contents().stream().anyMatch(Content.Text.class::isInstance);
                turns.add(new Message(message.role(), silent ? List.of(new Content.Text("")) : said));
            }
        }
        List<Message> said = new ArrayList<>(Message.joined(turns));
        if (!instructions.isEmpty()) {
            said.add(0, new Message(said.isEmpty() ? Role.USER : Role.SYSTEM, instructions));
        }
        return said;
    }

    private static List<Content> contents(Message message) {
        List<Content> said = new ArrayList<>();
        List<Content> behind = new ArrayList<>();
        for (Content content : message.contents()) {
            said.addAll(content.accept(new Asked(behind)));
        }
        said.addAll(behind);
        return said;
    }

    private static Stream<Tool> tool(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return Stream.of(new Tool.Function(function.name(), function.description(), function.parameters()));
        }
        if (tool instanceof Tool.Custom custom) {
            return Stream.of(
                    new Tool.Function(custom.name(), custom.description(), new RawJson(CustomToolInput.SCHEMA)));
        }
        Tool.BuiltIn builtIn = (Tool.BuiltIn) tool;
        return builtIn.dialect().equals("gemini")
                ? Stream.of(new Tool.BuiltIn("gemini", "type", builtIn.json()))
                : Stream.of();
    }

    private static @Nullable ToolChoice choice(@Nullable ToolChoice choice) {
        return choice instanceof ToolChoice.Allowed allowed
                        && allowed.required()
                        && allowed.names().size() == 1
                ? new ToolChoice.Named(allowed.names().get(0))
                : choice;
    }

    private static Output output(Output output) {
        OutputFormat format = output.format();
        if (format instanceof OutputFormat.JsonSchema schema) {
            ObjectNode json = (ObjectNode) Wire.tree(schema.schema().text());
            if (schema.description() != null) {
                json.put("description", schema.description());
            }
            format = new OutputFormat.JsonSchema(null, null, Json.raw(json), null);
        }
        Output.Speech speech = output.audio();
        boolean voiced = speech != null && speech.voice() != null;
        return new Output(
                format,
                null,
                output.modalities(),
                voiced ? new Output.Speech(Objects.requireNonNull(speech).voice(), null) : null,
                output.logprobs(),
                output.topLogprobs());
    }

    private static Sampling sampling(Sampling all) {
        return new Sampling(
                all.temperature(),
                all.topP(),
                all.topK(),
                all.frequencyPenalty(),
                all.presencePenalty(),
                all.seed(),
                Map.of());
    }

    private static Reasoning reasoning(Reasoning said) {
        Long budget = said.budgetOrEquivalent();
        boolean told = said.mode() == Reasoning.Mode.ON || said.mode() == Reasoning.Mode.ADAPTIVE;
        Reasoning.Mode mode = told ? Reasoning.Mode.ADAPTIVE : null;
        if (budget != null) {
            mode = budget == 0 ? Reasoning.Mode.OFF : Reasoning.Mode.ON;
        }
        Reasoning.Summary summary = said.summary() == null || said.summary() == Reasoning.Summary.HIDDEN
                ? said.summary()
                : Reasoning.Summary.AUTO;
        if (summary == null && mode != null && mode != Reasoning.Mode.OFF) {
            summary = told ? Reasoning.Summary.AUTO : Reasoning.Summary.HIDDEN;
        }
        return new Reasoning(mode, null, mode == Reasoning.Mode.ON ? budget : null, summary, null);
    }

    private static @Nullable ServiceTier tier(@Nullable ServiceTier tier) {
        return tier == ServiceTier.STANDARD || tier == ServiceTier.FLEX || tier == ServiceTier.PRIORITY ? tier : null;
    }

    private static Labels labels(Labels labels) {
        Map<String, String> metadata = new LinkedHashMap<>();
        labels.metadata().forEach((name, value) -> {
            if (name.matches("[a-z0-9_-]{1,63}") && value.matches("[a-z0-9_-]{0,63}")) {
                metadata.put(name, value);
            }
        });
        return new Labels(null, null, metadata);
    }

    private static List<Extra> own(List<Extra> extras) {
        return extras.stream().filter(e -> e.dialect().equals("gemini")).toList();
    }

    static ChatReply reply(ChatReply reply) {
        return new ChatReply(
                reply.id(),
                reply.model(),
                reply.createdEpochSeconds(),
                reply.choices().stream().map(choice -> choice(choice, false)).toList(),
                usage(reply.usage()),
                tier(reply.serviceTier()),
                own(reply.extras()));
    }

    /** A stream cannot tell where one text ends and the next begins, unless the first is signed; where it is cited is tested apart. */
    static ChatReply streamed(ChatReply reply) {
        ChatReply whole = reply(reply);
        return new ChatReply(
                whole.id(),
                whole.model(),
                whole.createdEpochSeconds(),
                reply.choices().stream().map(choice -> choice(choice, true)).toList(),
                whole.usage(),
                whole.serviceTier(),
                whole.extras());
    }

    private static Usage usage(Usage usage) {
        long written = usage.cacheWrite5m() + usage.cacheWrite1h();
        return new Usage(
                        usage.input() + written,
                        usage.cacheRead(),
                        0,
                        0,
                        usage.inputAudio(),
                        usage.output(),
                        usage.reasoning(),
                        usage.outputAudio())
                .withImages(usage.inputImage(), usage.outputImage());
    }

    private static Choice choice(Choice choice, boolean streamed) {
        List<Content> contents = new ArrayList<>();
        for (Content content : choice.contents()) {
            for (Content said : content.accept(new Answered())) {
                if (streamed) {
                    join(contents, said);
                } else {
                    contents.add(said);
                }
            }
        }
        Logprobs logprobs = choice.logprobs();
        return new Choice(
                choice.index(),
                contents,
                reason(choice.finishReason()),
                null,
                logprobs == null
                        ? null
                        : new Logprobs(
                                logprobs.content().stream()
                                        .map(GeminiSayable::token)
                                        .toList(),
                                List.of()));
    }

    private static void join(List<Content> contents, Content said) {
        Content last = contents.isEmpty() ? null : contents.get(contents.size() - 1);
        if (said instanceof Content.Text text) {
            if (text.text().isEmpty() && text.signature() == null) {
                return;
            }
            boolean joins = last instanceof Content.Text before && before.signature() == null;
            String before = joins ? ((Content.Text) Objects.requireNonNull(last)).text() : "";
            replace(contents, joins, new Content.Text(before + text.text(), List.of(), null, text.signature()));
        } else if (said instanceof Content.Thinking thinking) {
            if (thinking.text().isEmpty() && thinking.signature() == null) {
                return;
            }
            boolean joins = last instanceof Content.Thinking before && before.signature() == null;
            String before = joins ? ((Content.Thinking) Objects.requireNonNull(last)).text() : "";
            replace(contents, joins, new Content.Thinking(before + thinking.text(), thinking.signature()));
        } else {
            contents.add(said);
        }
    }

    private static void replace(List<Content> contents, boolean last, Content by) {
        if (last) {
            contents.remove(contents.size() - 1);
        }
        contents.add(by);
    }

    private static Logprobs.Token token(Logprobs.Token token) {
        return new Logprobs.Token(
                bytes(token.chosen()),
                token.top().stream().map(GeminiSayable::bytes).toList());
    }

    private static Logprobs.Candidate bytes(Logprobs.Candidate candidate) {
        return new Logprobs.Candidate(candidate.token(), candidate.logprob(), null);
    }

    private static FinishReason reason(FinishReason reason) {
        return switch (reason) {
            case STOP_SEQUENCE, PAUSED -> FinishReason.STOP;
            case CONTEXT_FULL -> FinishReason.MAX_TOKENS;
            case REFUSAL -> FinishReason.CONTENT_FILTER;
            default -> reason;
        };
    }

    private static Content.ToolCall call(Content.ToolCall call, @Nullable Signature signature) {
        boolean custom = call.kind() == Tool.Kind.CUSTOM;
        String arguments = custom ? CustomToolInput.pack(call.arguments()) : call.arguments();
        String written = Json.parseObject(arguments) == null ? arguments : Json.text(Wire.tree(arguments));
        return new Content.ToolCall(call.id(), call.name(), Tool.Kind.FUNCTION, written, null, signature);
    }

    /** What an object that stands as a part is read as. */
    private static Content part(RawJson json) {
        ObjectNode part = (ObjectNode) Wire.tree(json.text());
        if (part.path("text").isTextual() || part.isEmpty()) {
            return new Content.Text(part.path("text").asText(""));
        }
        return new Content.Opaque("gemini", part.fieldNames().next(), json);
    }

    /** In a request: signatures of other models go, empty texts too, media that a function returned stand behind. */
    private record Asked(List<Content> behind) implements Content.Visitor<List<Content>> {
        private static @Nullable Signature signed(@Nullable Signature signature) {
            return signature != null && signature.isFor("gemini", Conversations.MODEL)
                    ? new Signature(signature.text(), "gemini", null)
                    : null;
        }

        @Override
        public List<Content> text(Content.Text text) {
            Signature signature = signed(text.signature());
            return text.text().isEmpty() && signature == null
                    ? List.of()
                    : List.of(new Content.Text(text.text(), List.of(), null, signature));
        }

        @Override
        public List<Content> image(Content.Image image) {
            return media(image.source(), "image/jpeg");
        }

        @Override
        public List<Content> document(Content.Document document) {
            if (document.source() instanceof Source.PlainText plain) {
                return List.of(new Content.Text(plain.text()));
            }
            if (document.source() instanceof Source.Parts inner) {
                return inner.contents().stream()
                        .flatMap(content -> content.accept(this).stream())
                        .toList();
            }
            return media(document.source(), "application/pdf");
        }

        @Override
        public List<Content> audio(Content.Audio audio) {
            return media(audio.source(), "audio/mp3");
        }

        private static List<Content> media(Source source, String otherwise) {
            Source sent = source;
            String type = otherwise;
            if (source instanceof Source.Base64 bytes) {
                type = Objects.requireNonNull(bytes.mediaType());
            } else if (source instanceof Source.Url url) {
                type = url.mediaType() == null ? otherwise : url.mediaType();
                sent = new Source.Url(url.url(), type);
            } else if (source instanceof Source.FileId file && file.dialect().equals("gemini")) {
                return List.of(new Content.Document(new Source.Url(file.id(), "application/octet-stream")));
            } else {
                return List.of();
            }
            if (type.startsWith("image/")) {
                return List.of(new Content.Image(sent));
            }
            return List.of(type.startsWith("audio/") ? new Content.Audio(sent) : new Content.Document(sent));
        }

        @Override
        public List<Content> toolCall(Content.ToolCall call) {
            return List.of(call(call, signed(call.signature())));
        }

        private static Content.ToolCall call(Content.ToolCall call, @Nullable Signature signature) {
            return GeminiSayable.call(call, signature);
        }

        @Override
        public List<Content> toolResult(Content.ToolResult result) {
            List<String> texts = new ArrayList<>();
            for (Content content : result.contents()) {
                if (content instanceof Content.Text text) {
                    texts.add(text.text());
                } else {
                    behind.addAll(content.accept(this));
                }
            }
            boolean said = !texts.isEmpty() || result.isError();
            String text = String.join("\n", texts);
            // An object is sent as one: what stands around it goes.
            boolean object = !result.isError()
                    && !ToolResults.encode(List.of(text), false)
                            .path("output")
                            .asText()
                            .equals(text);
            List<Content> contents = said ? List.of(new Content.Text(object ? text.strip() : text)) : List.of();
            return List.of(new Content.ToolResult(result.callId(), result.name(), contents, result.isError(), null));
        }

        @Override
        public List<Content> thinking(Content.Thinking thinking) {
            Signature signature = signed(thinking.signature());
            return thinking.text().isEmpty() && signature == null
                    ? List.of()
                    : List.of(new Content.Thinking(thinking.text(), signature));
        }

        @Override
        public List<Content> redactedThinking(Content.RedactedThinking thinking) {
            Signature signature = signed(thinking.signature());
            return signature == null ? List.of() : List.of(new Content.RedactedThinking(signature));
        }

        @Override
        public List<Content> refusal(Content.Refusal refusal) {
            return List.of(new Content.Text(refusal.text()));
        }

        @Override
        public List<Content> opaque(Content.Opaque opaque) {
            return opaque.dialect().equals("gemini") ? List.of(part(opaque.json())) : List.of();
        }
    }

    /** In a reply: every signature is shown, those of others in an envelope. */
    private record Answered() implements Content.Visitor<List<Content>> {
        private static @Nullable Signature signed(@Nullable Signature signature) {
            return signature == null
                    ? null
                    : new Signature(ForeignSignature.write(signature, "gemini"), "gemini", Conversations.MODEL);
        }

        @Override
        public List<Content> text(Content.Text text) {
            BlockText block = new BlockText(0, text.text());
            List<Citation> citations = text.citations().stream()
                    .flatMap(citation -> cited(citation, block).stream())
                    .toList();
            boolean nothing = text.text().isEmpty() && text.signature() == null && citations.isEmpty();
            return nothing
                    ? List.of()
                    : List.of(new Content.Text(text.text(), citations, null, signed(text.signature())));
        }

        private static List<Citation> cited(Citation citation, BlockText text) {
            if (citation instanceof Citation.Web web) {
                return List.of(new Citation.Web(web.url(), web.title(), web.citedText(), cut(web.span(), text), null));
            }
            if (citation instanceof Citation.OfDocument document) {
                return List.of(new Citation.OfDocument(
                        null, null, document.title(), document.citedText(), null, null, cut(document.span(), text)));
            }
            return List.of();
        }

        private static Citation.@Nullable Range cut(Citation.@Nullable Range span, BlockText text) {
            if (span == null) {
                return null;
            }
            long length = text.text().codePointCount(0, text.text().length());
            long from = Math.min(span.from(), length);
            long to = Math.min(span.to(), length);
            return from == to ? null : new Citation.Range(from, to);
        }

        @Override
        public List<Content> image(Content.Image image) {
            return List.of(image);
        }

        @Override
        public List<Content> document(Content.Document document) {
            return List.of(document);
        }

        @Override
        public List<Content> audio(Content.Audio audio) {
            return List.of(audio);
        }

        @Override
        public List<Content> toolCall(Content.ToolCall call) {
            return List.of(call(call, signed(call.signature())));
        }

        private static Content.ToolCall call(Content.ToolCall call, @Nullable Signature signature) {
            return GeminiSayable.call(call, signature);
        }

        @Override
        public List<Content> toolResult(Content.ToolResult result) {
            return List.of(result);
        }

        @Override
        public List<Content> thinking(Content.Thinking thinking) {
            return List.of(new Content.Thinking(thinking.text(), signed(thinking.signature())));
        }

        @Override
        public List<Content> redactedThinking(Content.RedactedThinking thinking) {
            return List.of(new Content.RedactedThinking(Objects.requireNonNull(signed(thinking.signature()))));
        }

        @Override
        public List<Content> refusal(Content.Refusal refusal) {
            return List.of(new Content.Text(refusal.text()));
        }

        @Override
        public List<Content> opaque(Content.Opaque opaque) {
            if (!opaque.dialect().equals("gemini")) {
                return List.of();
            }
            Content part = part(opaque.json());
            return part instanceof Content.Text text && text.text().isEmpty() ? List.of() : List.of(part);
        }
    }
}
