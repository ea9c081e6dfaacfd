package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Message;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Role;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CustomToolInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a request is left when it was sent to {@link Wire#TARGET} and read again: the limits of the dialect, written down. */
final class RequestSayable {
    private static final RawJson ANYTHING = new RawJson("{\"type\":\"object\"}");
    private static final RawJson NOTHING = new RawJson("{\"type\":\"object\",\"properties\":{}}");

    private final ChatRequest request;

    private RequestSayable(ChatRequest request) {
        this.request = request;
    }

    /** Null if nothing is left to say. */
    static @Nullable ChatRequest of(ChatRequest request) {
        return new RequestSayable(request).left();
    }

    private @Nullable ChatRequest left() {
        List<Message> messages = messages();
        if (messages.isEmpty()) {
            return null;
        }
        List<Tool> tools = tools();
        List<Tool> undeclared = tools.isEmpty() ? called(messages) : List.of();
        ToolChoice choice = choice(tools);
        long maxTokens = said(request.limits().maxOutputTokens(), ThinkingEncoder.DEFAULT_MAX_TOKENS);
        Reasoning reasoning = reasoning(messages, choice);
        if (reasoning.budgetTokens() != null
                && request.limits().maxOutputTokens() == null
                && reasoning.budgetTokens() >= maxTokens) {
            maxTokens = reasoning.budgetTokens() + maxTokens;
        }
        boolean thinks = reasoning.mode() == Reasoning.Mode.ON || reasoning.mode() == Reasoning.Mode.ADAPTIVE;
        Labels labels = request.labels();
        String user = labels.user() == null ? labels.safetyIdentifier() : labels.user();
        ServiceTier tier = request.delivery().serviceTier();
        return ChatRequest.builder(Wire.MODEL)
                .messages(messages)
                .tools(undeclared.isEmpty() ? tools : undeclared)
                .toolChoice(undeclared.isEmpty() ? choice : new ToolChoice.None())
                .parallelToolCalls(isSequential(tools, choice) ? Boolean.FALSE : null)
                .output(output())
                .sampling(sampling(thinks))
                .limits(new Limits(maxTokens, request.limits().stopSequences(), null))
                .reasoning(reasoning)
                .delivery(new Delivery(
                        request.delivery().stream(),
                        null,
                        tier == ServiceTier.AUTO || tier == ServiceTier.STANDARD ? tier : null,
                        null,
                        null))
                .labels(new Labels(user, null, Map.of()))
                .cache(new CacheSettings(null, null, request.cache().mark(), null))
                .extras(MessagesSayable.extras(request.extras()))
                .build();
    }

    private static long said(@Nullable Long value, long otherwise) {
        return value == null ? otherwise : value;
    }

    /** Instructions in front, in one message; turns that alternate, the user's first; results before words. */
    private List<Message> messages() {
        List<Content> instructions = new ArrayList<>();
        List<Content> last = List.of();
        List<Message> turns = new ArrayList<>();
        for (Message message : request.messages()) {
            if (message.role() == Role.USER) {
                turns.add(new Message(Role.USER, MessagesSayable.ofUser(message.contents())));
            } else if (message.role() == Role.ASSISTANT) {
                turns.add(new Message(Role.ASSISTANT, MessagesSayable.ofAssistant(message.contents(), Wire.MODEL)));
            } else {
                List<Content> said = MessagesSayable.ofUser(message.contents());
                last = said.isEmpty() ? last : said;
                instructions.addAll(said);
            }
        }
        List<Message> joined = new ArrayList<>(
                Message.joined(turns).stream().map(RequestSayable::resultsFirst).toList());
        if (joined.isEmpty() && !last.isEmpty()) {
            joined.add(new Message(Role.USER, last));
            instructions = instructions.subList(0, instructions.size() - last.size());
        }
        if (!joined.isEmpty() && joined.get(0).role() == Role.ASSISTANT) {
            joined.add(0, Message.of(Role.USER, MessagesEncoder.OPENING));
        }
        if (!joined.isEmpty()) {
            joined.set(joined.size() - 1, trimmed(joined.get(joined.size() - 1)));
        }
        if (!instructions.isEmpty()) {
            joined.add(0, new Message(Role.SYSTEM, instructions));
        }
        return joined;
    }

    private static Message resultsFirst(Message message) {
        List<Content> contents = new ArrayList<>();
        message.contents().stream().filter(Content.ToolResult.class::isInstance).forEach(contents::add);
        message.contents().stream()
                .filter(c -> !(c instanceof Content.ToolResult))
                .forEach(contents::add);
        return new Message(message.role(), contents);
    }

    private static Message trimmed(Message message) {
        int last = message.contents().size() - 1;
        if (message.role() != Role.ASSISTANT || !(message.contents().get(last) instanceof Content.Text text)) {
            return message;
        }
        List<Content> contents = new ArrayList<>(message.contents());
        contents.set(last, new Content.Text(text.text().stripTrailing(), text.citations(), text.cache(), null));
        return new Message(message.role(), contents);
    }

    private List<Tool> tools() {
        List<Tool> left = new ArrayList<>();
        for (Tool tool : request.tools()) {
            String name = tool instanceof Tool.Function function
                    ? function.name()
                    : tool instanceof Tool.Custom custom ? custom.name() : "";
            if (request.toolChoice() instanceof ToolChoice.Allowed allowed
                    && !allowed.names().contains(name)) {
                continue;
            }
            if (tool instanceof Tool.Function function) {
                left.add(function(function));
            } else if (tool instanceof Tool.Custom custom) {
                left.add(new Tool.Function(custom.name(), custom.description(), new RawJson(CustomToolInput.SCHEMA)));
            } else if (((Tool.BuiltIn) tool).dialect().equals(MessagesSayable.ID)) {
                left.add(tool);
            }
        }
        return left;
    }

    private static Tool function(Tool.Function tool) {
        boolean strict = Boolean.TRUE.equals(tool.strict());
        RawJson schema =
                tool.parameters() == null ? NOTHING : strict ? closed(tool.parameters(), null) : tool.parameters();
        return new Tool.Function(tool.name(), tool.description(), schema, strict ? true : null, null, tool.cache());
    }

    private static List<Tool> called(List<Message> messages) {
        List<Tool> tools = new ArrayList<>();
        for (Message message : messages) {
            for (Content content : message.contents()) {
                if (content instanceof Content.ToolCall call) {
                    Tool tool = new Tool.Function(call.name(), null, ANYTHING);
                    if (!tools.contains(tool)) {
                        tools.add(tool);
                    }
                }
            }
        }
        return tools;
    }

    private @Nullable ToolChoice choice(List<Tool> tools) {
        ToolChoice choice = request.toolChoice();
        if (tools.isEmpty()) {
            return null;
        }
        if (choice instanceof ToolChoice.Allowed allowed) {
            return allowed.required() ? new ToolChoice.Required() : new ToolChoice.Auto();
        }
        return choice == null && Boolean.FALSE.equals(request.parallelToolCalls()) ? new ToolChoice.Auto() : choice;
    }

    private boolean isSequential(List<Tool> tools, @Nullable ToolChoice choice) {
        return !tools.isEmpty()
                && Boolean.FALSE.equals(request.parallelToolCalls())
                && !(choice instanceof ToolChoice.None);
    }

    private Output output() {
        return request.output().format() instanceof OutputFormat.JsonSchema format
                ? Output.of(
                        new OutputFormat.JsonSchema(null, null, closed(format.schema(), format.description()), null))
                : Output.UNSAID;
    }

    private static RawJson closed(RawJson schema, @Nullable String description) {
        ObjectNode closed = ((ObjectNode) Wire.tree(schema.text())).put("additionalProperties", false);
        if (description != null) {
            closed.put("description", description);
        }
        return new RawJson(closed.toString());
    }

    private Sampling sampling(boolean thinks) {
        Sampling said = request.sampling();
        boolean cold = thinks && said.temperature() != null && said.temperature() != 1;
        boolean narrow = thinks && said.topP() != null && said.topP() < 0.95;
        return new Sampling(
                cold ? null : said.temperature(),
                narrow ? null : said.topP(),
                thinks ? null : said.topK(),
                null,
                null,
                null,
                Map.of());
    }

    private Reasoning reasoning(List<Message> messages, @Nullable ToolChoice choice) {
        Reasoning said = request.reasoning();
        if (said.isOff()) {
            return new Reasoning(Reasoning.Mode.OFF, null, null, null, null);
        }
        if (said.mode() == Reasoning.Mode.ADAPTIVE) {
            return said;
        }
        Reasoning.Summary summary = said.summary() == null || said.summary() == Reasoning.Summary.HIDDEN
                ? said.summary()
                : Reasoning.Summary.AUTO;
        if (said.effort() != null) {
            Effort effort = said.effort().within(Effort.LOW, Effort.MAX);
            return new Reasoning(Reasoning.Mode.ADAPTIVE, effort, null, summary, null);
        }
        Long asked = said.budgetTokens();
        boolean forced = choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named;
        if (asked == null || forced || answersWithoutThinking(messages)) {
            return Reasoning.UNSAID;
        }
        Long room = request.limits().maxOutputTokens();
        if (room != null && room <= 1024) {
            return Reasoning.UNSAID;
        }
        long budget = room != null && asked >= room ? Math.max(1024, room / 2) : asked;
        return new Reasoning(Reasoning.Mode.ON, null, budget, summary, null);
    }

    private static boolean answersWithoutThinking(List<Message> messages) {
        int last = messages.size() - 1;
        if (last < 1 || !(messages.get(last).contents().get(0) instanceof Content.ToolResult)) {
            return false;
        }
        Message before = messages.get(last - 1);
        Content first = before.contents().get(0);
        return before.role() == Role.ASSISTANT
                && !(first instanceof Content.Thinking)
                && !(first instanceof Content.RedactedThinking);
    }
}
