package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.util.List;

/** {@code serai keys list} and its like: a line for each object, the newest first. */
final class ListObjects extends ApiCommand {
    private final Kind kind;

    ListObjects(ApiSetup setup, Kind kind) {
        super(setup);
        this.kind = kind;
    }

    @Override
    int run(ApiClient api) throws CallException {
        List<JsonNode> objects = api.list(kind.path());
        out().println(isJson() ? json(objects) : table(kind.columns(), objects));
        return 0;
    }

    static String json(List<JsonNode> objects) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        objects.forEach(items::add);
        return Shown.json(json);
    }

    static Table table(List<Column> columns, List<JsonNode> objects) {
        Table table = new Table(columns.stream().map(Column::heading).toArray(String[]::new));
        for (JsonNode object : objects) {
            table.row(columns.stream().map(column -> column.cell(object)).toArray(String[]::new));
        }
        return table;
    }
}
