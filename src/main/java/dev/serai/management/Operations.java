package dev.serai.management;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.Model;
import org.jspecify.annotations.Nullable;

/** The operations of the route files, once they are loaded. Thread-safe. */
final class Operations {
    private volatile @Nullable Map<String, Operation> byId;

    /** The one whose route received this. */
    Operation of(Exchange exchange) {
        Operation operation = byId(exchange.getContext()).get(exchange.getFromRouteId());
        if (operation == null) {
            throw new IllegalStateException(exchange.getFromRouteId() + " is no operation of a rest");
        }
        return operation;
    }

    /** All, in no particular order. */
    List<Operation> all(CamelContext context) {
        return List.copyOf(byId(context).values());
    }

    /** The methods that the path of a URL has; empty if there is no such path. */
    List<String> methods(String urlPath, CamelContext context) {
        return List.copyOf(byId(context).values().stream()
                .filter(operation -> operation.isAt(urlPath))
                .map(Operation::method)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Map<String, Operation> byId(CamelContext context) {
        Map<String, Operation> known = byId;
        if (known == null) {
            Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
            known = Operation.of(model.getRestDefinitions()).stream()
                    .collect(Collectors.toUnmodifiableMap(Operation::id, Function.identity(), (one, same) -> one));
            byId = known;
        }
        return known;
    }
}
