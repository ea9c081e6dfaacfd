package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serai credits grant} */
@Command(name = "grant", description = "Give an account credits; for operators.")
public final class GrantCredits extends ApiCommand {
    @Parameters(paramLabel = "USD", description = "How much, such as 25 or 12.50.")
    private String amount = "";

    @Option(names = "--promotional", description = "A gift. Default: a purchase.")
    private boolean promotional;

    @Option(names = "--expires-in", paramLabel = "TIME", description = "Such as 90d. Default: a year.")
    private @Nullable String expiresIn;

    @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
    private @Nullable String description;

    @Option(
            names = "--external-id",
            paramLabel = "ID",
            description = "Such as the number of an invoice: what has the same one is given once.")
    private @Nullable String externalId;

    public GrantCredits(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws CallException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("amount", amount)
                .put("kind", promotional ? "promotional" : "purchase")
                .put("expiresAt", expiresAt())
                .put("description", description)
                .put("externalId", externalId);
        JsonNode made = api.post("/api/credits/grants", body).body();
        out().println(
                        isJson()
                                ? Shown.json(made)
                                : made.path("accountId").asText() + " was given "
                                        + made.path("amount").asText() + " USD: "
                                        + made.path("id").asText());
        return 0;
    }

    private @Nullable String expiresAt() {
        try {
            return expiresIn == null
                    ? null
                    : FieldForm.expiry(expiresIn, setup().clock()).toString();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec().commandLine(), "--expires-in " + e.getMessage(), e);
        }
    }
}
