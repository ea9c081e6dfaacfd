package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code serai credits balance} */
@Command(name = "balance", description = "Show what an account has left, and in which lots.")
public final class ShowBalance extends ApiCommand {
    private static final List<Column> COLUMNS = List.of(
            new Column("LOT", "id"),
            new Column("KIND", "kind"),
            new Column("GRANTED", "granted"),
            new Column("LEFT", "left"),
            new Column("EXPIRES", "expiresAt"));

    public ShowBalance(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws CallException {
        JsonNode balance = api.get("/api/credits/balance").body();
        if (isJson()) {
            out().println(Shown.json(balance));
            return 0;
        }
        out().println(balance.path("accountId").asText() + " has "
                + balance.path("balance").asText() + " USD"
                + (balance.path("overdraft").asText().equals("0")
                        ? ""
                        : ", and owes " + balance.path("overdraft").asText() + " USD of what it used"));
        List<JsonNode> lots = new ArrayList<>();
        balance.path("lots").forEach(lots::add);
        if (!lots.isEmpty()) {
            out().println(ListObjects.table(COLUMNS, lots));
        }
        return 0;
    }
}
