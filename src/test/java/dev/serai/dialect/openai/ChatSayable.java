package dev.serai.dialect.openai;

import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Message;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Role;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CustomToolInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Chat can say of a request: the request that comes back when it is written and read again. Signed thinking is left out here, as the
 * signatures of arbitrary requests are none that Chat would make; {@code ChatSignatureTest} has those that it does.
 */
final class ChatSayable {
    private static final String DIALECT = "openai-chat";

    private ChatSayable() {}

    /** Without what no client of Chat can have sent: opaque parts that were made up, and the conversation of Responses. */
    static ChatRequest possible(ChatRequest request) {
        List<Message> messages = request.messages().stream()
                .map(message -> new Message(
                        message.role(),
                        message.contents().stream()
                                .filter(content -> !(content instanceof Content.Opaque opaque
                                        && opaque.dialect().equals(DIALECT)))
                                .toList(),
                        message.name()))
                .toList();
        Delivery delivery = request.delivery();
        return request.toBuilder()
                .messages(messages)
                .delivery(new Delivery(
                        delivery.stream(), delivery.includeUsage(), delivery.serviceTier(), delivery.store(), null))
                .build();
    }

    static ChatRequest of(ChatRequest request, String model) {
        ChatRequest signed = request.signedFor(DIALECT, model);
        List<Tool> tools = tools(signed);
        return signed.toBuilder()
                .model(model)
                .messages(messages(signed.messages()))
                .tools(tools)
                .toolChoice(tools.isEmpty() ? null : choice(signed.toolChoice()))
                .parallelToolCalls(tools.isEmpty() ? null : signed.parallelToolCalls())
                .output(output(signed.output()))
                .reasoning(reasoning(signed.reasoning()))
                .delivery(delivery(signed.delivery()))
                .labels(new Labels(
                        signed.labels().user(),
                        signed.labels().safetyIdentifier(),
                        signed.labels().metadata()))
                .cache(new CacheSettings(signed.cache().key(), signed.cache().retention(), null, null))
                .extras(extras(signed.extras()))
                .build();
    }

    private static List<Extra> extras(List<Extra> extras) {
        Map<String, Extra> own = new LinkedHashMap<>();
        extras.stream()
                .filter(extra -> extra.dialect().equals(DIALECT))
                .forEach(extra -> own.putIfAbsent(extra.name(), extra));
        return List.copyOf(own.values());
    }

    private static List<Message> messages(List<Message> messages) {
        List<Message> said = new ArrayList<>();
        for (Message message : messages) {
            switch (message.role()) {
                case SYSTEM, DEVELOPER ->
                    said.add(new Message(Role.SYSTEM, joined(texts(message.contents()), "\n\n"), message.name()));
                case USER -> user(message, said);
                case ASSISTANT -> said.add(new Message(Role.ASSISTANT, assistant(message.contents()), message.name()));
            }
        }
        return said;
    }

    private static List<String> texts(List<Content> contents) {
        return contents.stream()
                .filter(Content.Text.class::isInstance)
                .map(text -> ((Content.Text) text).text())
                .toList();
    }

    private static List<Content> joined(List<String> texts, String between) {
        String all = String.join(between, texts);
        return all.isEmpty() ? List.of() : List.of(new Content.Text(all));
    }

    private static void user(Message message, List<Message> said) {
        List<Content> results = new ArrayList<>();
        List<Content> shown = new ArrayList<>();
        List<Content> rest = new ArrayList<>();
        for (Content content : message.contents()) {
            if (content instanceof Content.ToolResult result) {
                results.add(result(result, shown));
            } else {
                rest.add(content);
            }
        }
        if (!results.isEmpty()) {
            said.add(new Message(Role.USER, results));
        }
        List<Content> all = new ArrayList<>(shown);
        all.addAll(shownByUser(rest));
        if (results.isEmpty() || !rest.isEmpty() || !shown.isEmpty()) {
            boolean empty = all.equals(List.of(new Content.Text("")));
            said.add(new Message(Role.USER, empty ? List.of() : all, message.name()));
        }
    }

    private static Content result(Content.ToolResult result, List<Content> shown) {
        List<Content> media = result.contents().stream()
                .filter(content -> !(content instanceof Content.Text))
                .toList();
        List<String> texts = texts(result.contents());
        if (!media.isEmpty()) {
            shown.add(new Content.Text(ChatMessagesEncoder.movedFrom(result.callId())));
            shown.addAll(shownByUser(media));
            texts = texts.isEmpty() ? List.of(ChatMessagesEncoder.movedTo()) : texts;
        }
        return new Content.ToolResult(result.callId(), result.name(), joined(texts, "\n\n"), false, null);
    }

    private static List<Content> shownByUser(List<Content> contents) {
        List<Content> shown = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.Text text) {
                shown.add(new Content.Text(text.text()));
            } else if (content instanceof Content.Image image && !(image.source() instanceof Source.FileId)) {
                shown.add(new Content.Image(withoutType(image.source()), image.detail(), null, null));
            } else if (content instanceof Content.Document document) {
                shown.addAll(document(document));
            } else if (content instanceof Content.Audio audio && audio.source() instanceof Source.Base64 held) {
                String format = ChatMedia.audioFormat(held.mediaType());
                shown.add(new Content.Audio(new Source.Base64("audio/" + format, held.data())));
            }
        }
        return shown;
    }

    private static Source withoutType(Source source) {
        return source instanceof Source.Url url ? new Source.Url(url.url(), null) : source;
    }

    private static List<Content> document(Content.Document document) {
        Source source = document.source();
        if (source instanceof Source.PlainText plain) {
            return List.of(new Content.Text(plain.text()));
        }
        if (source instanceof Source.Parts parts) {
            return shownByUser(parts.contents());
        }
        if (source instanceof Source.FileId id) {
            return id.dialect().equals(DIALECT)
                    ? List.of(new Content.Document(source, document.title(), null, null, null))
                    : List.of();
        }
        String title = document.title() == null ? "document.pdf" : ended(document.title());
        return List.of(new Content.Document(withoutType(source), title, null, null, null));
    }

    private static List<Content> assistant(List<Content> contents) {
        List<Content> said = new ArrayList<>(joined(texts(contents), ""));
        StringBuilder refusal = new StringBuilder();
        List<Content> calls = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.Refusal words) {
                refusal.append(words.text());
            } else if (content instanceof Content.ToolCall call) {
                calls.add(call(call));
            }
        }
        if (!refusal.isEmpty()) {
            said.add(new Content.Refusal(refusal.toString()));
        }
        said.addAll(calls);
        return said;
    }

    private static Content call(Content.ToolCall call) {
        String arguments =
                call.kind() == Tool.Kind.CUSTOM ? CustomToolInput.pack(call.arguments()) : call.argumentsOrEmpty();
        Signature signature =
                call.signature() == null ? null : new Signature(call.signature().text(), DIALECT, null);
        return new Content.ToolCall(call.id(), call.name(), Tool.Kind.FUNCTION, arguments, null, signature);
    }

    private static List<Tool> tools(ChatRequest request) {
        Set<String> allowed =
                request.toolChoice() instanceof ToolChoice.Allowed some ? new TreeSet<>(some.names()) : null;
        List<Tool> tools = new ArrayList<>();
        for (Tool tool : request.tools()) {
            if (tool instanceof Tool.Function function && (allowed == null || allowed.contains(function.name()))) {
                tools.add(function(function));
            } else if (tool instanceof Tool.Custom custom && (allowed == null || allowed.contains(custom.name()))) {
                tools.add(new Tool.Function(custom.name(), custom.description(), new RawJson(CustomToolInput.SCHEMA)));
            } else if (tool instanceof Tool.BuiltIn builtIn
                    && allowed == null
                    && builtIn.dialect().equals(DIALECT)) {
                tools.add(tool);
            }
        }
        return tools;
    }

    private static Tool function(Tool.Function function) {
        RawJson parameters = OpenAiSchemas.parameters(function.parameters());
        RawJson strict = Objects.equals(function.strict(), true) ? OpenAiSchemas.strict(parameters) : null;
        Boolean said = strict != null ? Boolean.TRUE : Objects.equals(function.strict(), false) ? Boolean.FALSE : null;
        return new Tool.Function(
                function.name(), function.description(), strict == null ? parameters : strict, said, null, null);
    }

    private static ToolChoice choice(ToolChoice choice) {
        if (choice instanceof ToolChoice.Allowed allowed) {
            return allowed.required() ? new ToolChoice.Required() : new ToolChoice.Auto();
        }
        return choice;
    }

    private static Output output(Output output) {
        return new Output(
                format(output.format()),
                output.verbosity(),
                output.modalities(),
                output.audio(),
                output.logprobs(),
                Objects.equals(output.logprobs(), true) ? output.topLogprobs() : null);
    }

    private static OutputFormat format(OutputFormat format) {
        if (!(format instanceof OutputFormat.JsonSchema schema)) {
            return format;
        }
        RawJson strict = Objects.equals(schema.strict(), true) ? OpenAiSchemas.strict(schema.schema()) : null;
        Boolean said = strict != null ? Boolean.TRUE : Objects.equals(schema.strict(), false) ? Boolean.FALSE : null;
        return new OutputFormat.JsonSchema(
                schema.name() == null ? "response" : schema.name(),
                schema.description(),
                strict == null ? schema.schema() : strict,
                said);
    }

    private static Reasoning reasoning(Reasoning reasoning) {
        Effort effort = reasoning.effortOrEquivalent();
        return effort == null ? Reasoning.UNSAID : Reasoning.of(effort);
    }

    private static Delivery delivery(Delivery delivery) {
        return new Delivery(
                delivery.stream(),
                delivery.stream() ? Boolean.TRUE : null,
                delivery.serviceTier() == ServiceTier.BATCH ? null : delivery.serviceTier(),
                Objects.equals(delivery.store(), true) ? Boolean.TRUE : null,
                null);
    }

    /** OpenAI tells by the ending what a file is. */
    private static String ended(String title) {
        return title.contains(".") ? title : title + ".pdf";
    }
}
