package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** The places in a configuration where provider keys are named. */
final class References {
    private References() {}

    /** Takes a place. */
    @FunctionalInterface
    interface Visitor {
        /**
         * A key of a step.
         *
         * @param provider the provider of the rule
         * @param keys     the list, which may be changed
         * @param pointer  of the key, from the configuration on
         */
        void visit(String provider, ArrayNode keys, int index, String pointer);
    }

    static void forEachKey(JsonNode configuration, Visitor visitor) {
        JsonNode rules = configuration.path("router").path("rules");
        for (int r = 0; r < rules.size(); r++) {
            JsonNode steps = rules.get(r).path("steps");
            for (int s = 0; s < steps.size(); s++) {
                if (steps.get(s).path("keys") instanceof ArrayNode keys) {
                    for (int k = 0; k < keys.size(); k++) {
                        visitor.visit(
                                rules.get(r).path("provider").asText(),
                                keys,
                                k,
                                "/router/rules/" + r + "/steps/" + s + "/keys/" + k);
                    }
                }
            }
        }
    }
}
