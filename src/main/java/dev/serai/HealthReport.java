package dev.serai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * What the admin port says to whoever asks how this Serai is: Camel's health checks, and beside them the parts that are up and not as
 * they should be. Camel itself shows nothing of a check that is up.
 *
 * @param isUp whether requests may be sent here; a part that is degraded keeps nobody from it
 */
record HealthReport(boolean isUp, ObjectNode json) {
    /** A detail of a check that is up: present, with a message, if the part that it is of works less well than it should. */
    static final String DEGRADED = "degraded";

    private static final String EVERYTHING = "full";

    /** Calls every check; blocks as long as they do. */
    static HealthReport ofAll(CamelContext context) {
        return of(HealthCheckHelper.invoke(context, EVERYTHING), false);
    }

    /** Calls the checks of readiness; blocks as long as they do. */
    static HealthReport ofReadiness(CamelContext context) {
        return of(HealthCheckHelper.invokeReadiness(context, EVERYTHING), true);
    }

    private static HealthReport of(Collection<HealthCheck.Result> results, boolean readiness) {
        boolean isUp = HealthCheckHelper.isResultsUp(results, readiness);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", isUp ? "UP" : "DOWN");
        ArrayNode degraded = json.putArray(DEGRADED);
        results.stream()
                .filter(result -> result.getState() == HealthCheck.State.UP
                        && result.getDetails().containsKey(DEGRADED))
                .forEach(result -> tell(result, degraded.addObject().put("part", name(result))));
        ArrayNode down = JsonNodeFactory.instance.arrayNode();
        results.stream()
                .filter(result -> result.getState() != HealthCheck.State.UP)
                .forEach(result -> tell(
                        result,
                        down.addObject()
                                .put("name", name(result))
                                .put("status", result.getState().name())));
        if (!down.isEmpty()) {
            json.set("checks", down);
        }
        return new HealthReport(isUp, json);
    }

    private static String name(HealthCheck.Result result) {
        return result.getCheck().getId();
    }

    private static void tell(HealthCheck.Result result, ObjectNode json) {
        result.getMessage().ifPresent(message -> json.put("message", message));
    }
}
