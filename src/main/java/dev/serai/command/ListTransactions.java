package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serai credits transactions} */
@Command(name = "transactions", description = "Show what changed the balance of an account, the newest first.")
public final class ListTransactions extends ApiCommand {
    private static final List<Column> COLUMNS = List.of(
            new Column("AT", "createdAt"),
            new Column("KIND", "kind"),
            new Column("USD", "amount"),
            new Column("EVENTS", "events"),
            new Column("ID", "id"),
            new Column("DESCRIPTION", "description"));
    private static final int MAX = 10_000;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many. Default: 20.")
    private int limit;

    public ListTransactions(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws CallException {
        if (limit < 1 || limit > MAX) {
            throw new CommandLine.ParameterException(spec().commandLine(), "--limit must be from 1 to " + MAX);
        }
        List<JsonNode> transactions = api.list("/api/credits/transactions", limit);
        out().println(isJson() ? ListObjects.json(transactions) : ListObjects.table(COLUMNS, transactions));
        return 0;
    }
}
