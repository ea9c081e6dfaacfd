package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Reasoning;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The words of {@code reasoning}. */
final class ResponsesReasoning {
    private ResponsesReasoning() {}

    /** Null for a word that the model does not have. */
    static @Nullable Effort effort(String word) {
        return switch (word) {
            case "none" -> Effort.NONE;
            case "minimal" -> Effort.MINIMAL;
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high" -> Effort.HIGH;
            case "xhigh" -> Effort.XHIGH;
            case "max" -> Effort.MAX;
            default -> null;
        };
    }

    static String word(Effort effort) {
        return switch (effort) {
            case NONE -> "none";
            case MINIMAL -> "minimal";
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case XHIGH -> "xhigh";
            case MAX -> "max";
        };
    }

    /** Null for a word that the model does not have. */
    static Reasoning.@Nullable Summary summary(String word) {
        return switch (word) {
            case "auto" -> Reasoning.Summary.AUTO;
            case "concise" -> Reasoning.Summary.CONCISE;
            case "detailed" -> Reasoning.Summary.DETAILED;
            default -> null;
        };
    }

    /** Null for what is said by saying nothing. */
    static @Nullable String word(Reasoning.Summary summary) {
        return switch (summary) {
            case HIDDEN -> null;
            case AUTO -> "auto";
            case CONCISE -> "concise";
            case DETAILED -> "detailed";
        };
    }

    /** Writes {@code reasoning}, if there is anything to say. A budget becomes the effort that it stands for, and is named. */
    static void write(Reasoning reasoning, ObjectNode body, Collection<Dropped> dropped) {
        Effort effort = reasoning.effortOrEquivalent();
        String summary = reasoning.summary() == null ? null : word(reasoning.summary());
        if (effort != null || summary != null) {
            ObjectNode written = body.putObject("reasoning");
            if (effort != null) {
                written.put("effort", word(effort));
            }
            if (summary != null) {
                written.put("summary", summary);
            }
        }
        if (reasoning.budgetTokens() != null && !reasoning.isOff()) {
            dropped.add(Dropped.of(Feature.THINKING_BUDGET, "responses take an effort, not a number of tokens"));
        }
    }

    /**
     * Whether the opaque state shall come back: if it was asked for, or if the client asked for thinking, and how hard, in a dialect that
     * always brings it. Not otherwise, because OpenAI refuses the wish for models that do not think.
     */
    static boolean wantsSignatures(Reasoning reasoning) {
        if (reasoning.signatures() != null) {
            return reasoning.signatures();
        }
        boolean alwaysBrought = reasoning.mode() != null || reasoning.budgetTokens() != null;
        return alwaysBrought && !reasoning.isOff() && reasoning.effortOrEquivalent() != null;
    }
}
