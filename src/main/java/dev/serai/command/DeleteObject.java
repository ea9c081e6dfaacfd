package dev.serai.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.client.ApiAnswer;
import dev.serai.client.ApiClient;
import picocli.CommandLine.Parameters;

/** {@code serai keys delete} and its like. */
final class DeleteObject extends ApiCommand {
    private final Kind kind;

    @Parameters(paramLabel = "NAME|ID")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    DeleteObject(ApiSetup setup, Kind kind) {
        super(setup);
        this.kind = kind;
    }

    @Override
    int run(ApiClient api) throws Exception {
        String path = Named.path(api, kind, name);
        ApiAnswer seen = api.get(path);
        api.delete(path, seen.etag());
        out().println(
                        isJson()
                                ? Shown.json(
                                        JsonNodeFactory.instance.objectNode().put("deleted", Named.id(seen.body())))
                                : kind.called(seen.body()) + " is deleted (" + Named.id(seen.body()) + ")");
        return 0;
    }
}
