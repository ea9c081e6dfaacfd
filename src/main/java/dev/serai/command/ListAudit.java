package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serai audit}: who changed what, the newest first. */
@Command(name = "audit", description = "Show who changed what, the newest first.")
public final class ListAudit extends ApiCommand {
    private static final List<Column> COLUMNS = List.of(
            new Column("AT", "createdAt"),
            new Column("WHO", "actor.id"),
            new Column("DID", "action"),
            new Column("TO", "objectType"),
            new Column("ID", "objectId"),
            new Column("ACCOUNT", "accountId"));
    private static final int MAX = 10_000;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many. Default: 20.")
    private int limit;

    public ListAudit(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws CallException {
        if (limit < 1 || limit > MAX) {
            throw new CommandLine.ParameterException(spec().commandLine(), "--limit must be from 1 to " + MAX);
        }
        List<JsonNode> entries = api.list("/api/audit", limit);
        out().println(isJson() ? ListObjects.json(entries) : ListObjects.table(COLUMNS, entries));
        return 0;
    }
}
