package dev.serai.steps;

import dev.serai.dialect.Dialects;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.RequestNeeds;
import dev.serai.permit.Permit;
import dev.serai.selection.Selection;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Begins a selection with the model names of the request, or with those that a route has put in their place. */
final class ReadNames implements Processor {
    private final Dialects dialects;

    ReadNames(Dialects dialects) {
        this.dialects = dialects;
    }

    @Override
    public void process(Exchange exchange) {
        ModelRequest request = Variables.request(exchange);
        Permit permit = Variables.permit(exchange);
        exchange.setVariable(
                Variables.SELECTION,
                new Selection(
                        permit.directory(),
                        request.dialect(),
                        names(exchange.getVariable(Variables.MODELS), request),
                        request.stream(),
                        needs(exchange, request),
                        permit.scope(),
                        permit.credentials()));
    }

    private RequestNeeds needs(Exchange exchange, ModelRequest request) {
        RequestNeeds known = exchange.getVariable(Variables.NEEDS, RequestNeeds.class);
        return known == null
                ? new RequestNeeds(
                        request.body(), dialects.get(request.dialect()).needs())
                : known;
    }

    private static List<String> names(@Nullable Object chosen, ModelRequest request) {
        if (chosen == null) {
            return request.models();
        }
        List<String> names = new ArrayList<>();
        for (String name : chosen.toString().split(",", -1)) {
            names.add(name.strip());
        }
        if (names.contains("")) {
            throw new IllegalStateException("the variable " + Variables.MODELS + " has an empty name in it: " + chosen);
        }
        return names;
    }
}
