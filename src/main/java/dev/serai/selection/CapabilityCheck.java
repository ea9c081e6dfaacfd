package dev.serai.selection;

import dev.serai.catalog.Capability;
import dev.serai.catalog.Modality;
import dev.serai.catalog.Model;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestNeeds.Input;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Skips models that are known not to be able to serve a request: of the wrong kind, blind to its images, without tools, too short a
 * memory. What is not known of a model is no reason, and what a request asks is read only where a model could fail it. Thread-safe.
 */
public final class CapabilityCheck {
    /** @throws GatewayException the reason of the first name if nothing is left */
    public void apply(Selection selection) {
        selection.keep(CapabilityCheck::refusal);
        if (selection.isEmpty()) {
            throw selection.refusal();
        }
    }

    private static @Nullable GatewayException refusal(Target target, Selection selection) {
        String reason = target.facts() == null ? null : reason(target.facts(), selection);
        return reason == null
                ? null
                : new GatewayException(
                        ErrorCode.UNSUPPORTED_CAPABILITY,
                        "The model " + target.name() + " cannot serve this request: " + reason + ".",
                        "model");
    }

    private static @Nullable String reason(Model model, Selection selection) {
        if (!model.isOfKindFor(selection.dialect())) {
            return "it is of the kind " + model.kind().name().toLowerCase(Locale.ROOT) + ", which is not called with "
                    + selection.dialect();
        }
        RequestNeeds needs = selection.needs();
        Input refused = refusedInput(model, needs);
        if (refused != null) {
            return "it takes no " + refused.name().toLowerCase(Locale.ROOT);
        }
        if (model.cannot(Capability.TOOLS) && needs.tools()) {
            return "it calls no tools";
        }
        if (model.cannot(Capability.STRUCTURED_OUTPUT) && needs.schema()) {
            return "its answers cannot be held to a schema";
        }
        if (model.cannot(Capability.STREAMING) && selection.isStreamed()) {
            return "it does not stream its answers";
        }
        Long context = model.contextTokens();
        return context != null && needs.isLongerThan(context)
                ? "the input is longer than its context window of " + context + " tokens"
                : null;
    }

    private static @Nullable Input refusedInput(Model model, RequestNeeds needs) {
        for (Input input : Input.values()) {
            if (refuses(model, input) && needs.inputs().contains(input)) {
                return input;
            }
        }
        return null;
    }

    /** Lists of models seldom mention documents, and what sees can read a document that its provider turns into pictures. */
    private static boolean refuses(Model model, Input input) {
        return switch (input) {
            case IMAGE -> model.refuses(Modality.IMAGE);
            case AUDIO -> model.refuses(Modality.AUDIO);
            case VIDEO -> model.refuses(Modality.VIDEO);
            case DOCUMENT -> model.refuses(Modality.PDF) && model.refuses(Modality.IMAGE);
        };
    }
}
