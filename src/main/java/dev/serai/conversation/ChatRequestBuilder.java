package dev.serai.conversation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a {@link ChatRequest}. What is not set stays unsaid. Not thread-safe. */
public final class ChatRequestBuilder {
    private String model;
    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();
    private @Nullable ToolChoice toolChoice;
    private @Nullable Boolean parallelToolCalls;
    private Output output = Output.UNSAID;
    private Sampling sampling = Sampling.UNSAID;
    private Limits limits = Limits.UNSAID;
    private Reasoning reasoning = Reasoning.UNSAID;
    private Delivery delivery = Delivery.UNSAID;
    private Labels labels = Labels.UNSAID;
    private CacheSettings cache = CacheSettings.UNSAID;

    ChatRequestBuilder(String model) {
        this.model = model;
    }

    ChatRequestBuilder(ChatRequest request) {
        this.model = request.model();
        messages.addAll(request.messages());
        tools.addAll(request.tools());
        extras.addAll(request.extras());
        toolChoice = request.toolChoice();
        parallelToolCalls = request.parallelToolCalls();
        output = request.output();
        sampling = request.sampling();
        limits = request.limits();
        reasoning = request.reasoning();
        delivery = request.delivery();
        labels = request.labels();
        cache = request.cache();
    }

    public ChatRequestBuilder model(String id) {
        this.model = id;
        return this;
    }

    /** Adds a message of one text. */
    public ChatRequestBuilder add(Role role, String text) {
        return add(Message.of(role, text));
    }

    /** Adds a message. */
    public ChatRequestBuilder add(Message message) {
        messages.add(message);
        return this;
    }

    /** Adds a tool. */
    public ChatRequestBuilder add(Tool tool) {
        tools.add(tool);
        return this;
    }

    /** Adds a field that has no place of its own. */
    public ChatRequestBuilder add(Extra extra) {
        extras.add(extra);
        return this;
    }

    /** Replaces all messages. */
    public ChatRequestBuilder messages(List<Message> all) {
        List<Message> replacement = List.copyOf(all);
        messages.clear();
        messages.addAll(replacement);
        return this;
    }

    /** Replaces all tools. */
    public ChatRequestBuilder tools(List<Tool> all) {
        List<Tool> replacement = List.copyOf(all);
        tools.clear();
        tools.addAll(replacement);
        return this;
    }

    /** Replaces all extras. */
    public ChatRequestBuilder extras(List<Extra> all) {
        List<Extra> replacement = List.copyOf(all);
        extras.clear();
        extras.addAll(replacement);
        return this;
    }

    public ChatRequestBuilder toolChoice(@Nullable ToolChoice value) {
        this.toolChoice = value;
        return this;
    }

    public ChatRequestBuilder parallelToolCalls(@Nullable Boolean value) {
        this.parallelToolCalls = value;
        return this;
    }

    public ChatRequestBuilder output(Output value) {
        this.output = value;
        return this;
    }

    public ChatRequestBuilder sampling(Sampling value) {
        this.sampling = value;
        return this;
    }

    public ChatRequestBuilder limits(Limits value) {
        this.limits = value;
        return this;
    }

    public ChatRequestBuilder reasoning(Reasoning value) {
        this.reasoning = value;
        return this;
    }

    public ChatRequestBuilder delivery(Delivery value) {
        this.delivery = value;
        return this;
    }

    public ChatRequestBuilder labels(Labels value) {
        this.labels = value;
        return this;
    }

    public ChatRequestBuilder cache(CacheSettings value) {
        this.cache = value;
        return this;
    }

    public ChatRequest build() {
        return new ChatRequest(
                model,
                messages,
                tools,
                toolChoice,
                parallelToolCalls,
                output,
                sampling,
                limits,
                reasoning,
                delivery,
                labels,
                cache,
                extras);
    }
}
