package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of objects of the management API, as the command line has it.
 *
 * @param noun    what one is called
 * @param path    of the list
 * @param subject the field by which people name one
 * @param columns of the list
 * @param fields  that have options
 */
record Kind(String noun, String path, String subject, List<Column> columns, List<Field> fields) {
    private static final String NAME = "name";
    private static final Field NAMED = Field.of("--name", NAME, FieldForm.TEXT, "Another name.");
    private static final Field DESCRIPTION = Field.of("--description", "description", FieldForm.TEXT, "For people.");
    private static final Field EXPIRY =
            Field.of("--expires-in", "expiresAt", FieldForm.EXPIRY, "Such as 30d or 12h from now; or never.");
    private static final Column ID = new Column("ID", "id");
    private static final Column EXPIRES = new Column("EXPIRES", "expiresAt");
    private static final Column CREATED = new Column("CREATED", "createdAt");
    private static final Column USED = new Column("LAST USED", "lastUsedAt");

    static final List<Field> LIMITS = List.of(
            Field.of("--requests-per-minute", "limits.requestsPerMinute", FieldForm.NUMBER, "Or none."),
            Field.of("--tokens-per-minute", "limits.tokensPerMinute", FieldForm.NUMBER, "Or none."),
            Field.of("--concurrent-requests", "limits.concurrentRequests", FieldForm.NUMBER, "Or none."),
            Field.of("--max-input-tokens", "limits.maxInputTokens", FieldForm.NUMBER, "Longest request; or none."),
            Field.of("--max-output-tokens", "limits.maxOutputTokens", FieldForm.NUMBER, "Longest answer; or none."),
            Field.of("--budget-per-day", "limits.budgetPerDay", FieldForm.AMOUNT, "US dollars; or none."),
            Field.of("--budget-per-month", "limits.budgetPerMonth", FieldForm.AMOUNT, "US dollars; or none."));

    static final List<Field> SETTINGS = fields(
            LIMITS,
            Field.of("--total-timeout", "timeouts.total", FieldForm.DURATION, "All attempts, such as 90s; or none."),
            Field.of("--attempt-timeout", "timeouts.perRequest", FieldForm.DURATION, "One attempt; or none."),
            Field.of("--connect-timeout", "timeouts.connect", FieldForm.DURATION, "To a connection; or none."),
            Field.of("--idle-timeout", "timeouts.streamIdle", FieldForm.DURATION, "Between content events; or none."),
            Field.of("--longest-stream", "timeouts.longestStream", FieldForm.DURATION, "Or none."));

    static final Kind ACCESS_KEYS = new Kind(
            "access key",
            "/api/access-keys",
            NAME,
            List.of(
                    new Column("NAME", NAME),
                    ID,
                    new Column("CONFIGURATION", "configurationId"),
                    EXPIRES,
                    USED,
                    CREATED),
            fields(
                    LIMITS,
                    NAMED,
                    DESCRIPTION,
                    Field.of(
                            "--configuration",
                            "configurationId",
                            FieldForm.CONFIGURATION,
                            "The access key configuration; or none."),
                    EXPIRY,
                    Field.of(
                            "--metadata", "metadata", FieldForm.PAIRS, "Repeatable; nothing behind = takes it away.")));

    static final Kind CONFIGURATIONS = new Kind(
            "access key configuration",
            "/api/access-key-configurations",
            NAME,
            List.of(
                    new Column("NAME", NAME),
                    ID,
                    new Column("PROVIDERS", "access.providers.allow"),
                    new Column("MODELS", "access.models.allow"),
                    CREATED),
            fields(
                    SETTINGS,
                    NAMED,
                    DESCRIPTION,
                    Field.of("--allow-provider", "access.providers.allow", FieldForm.ALLOWED, "Or all, or nothing."),
                    Field.of("--allow-model", "access.models.allow", FieldForm.ALLOWED, "Or all, or nothing."),
                    Field.of("--allow-alias", "aliases.allow", FieldForm.ALLOWED, "Or all, or nothing.")));

    static final Kind API_KEYS = new Kind(
            "API key",
            "/api/api-keys",
            NAME,
            List.of(new Column("NAME", NAME), ID, new Column("ROLE", "role"), EXPIRES, USED, CREATED),
            List.of(
                    NAMED,
                    DESCRIPTION,
                    Field.of("--role", "role", FieldForm.TEXT, "operator, admin or reader.")
                            .fixed(),
                    EXPIRY));

    static final Kind PROVIDER_KEYS = new Kind(
            "provider key",
            "/api/provider-keys",
            NAME,
            List.of(
                    new Column("NAME", NAME),
                    ID,
                    new Column("PROVIDER", "providerId"),
                    new Column("VALUE", "value"),
                    CREATED),
            List.of(
                    NAMED,
                    DESCRIPTION,
                    Field.of("--provider", "providerId", FieldForm.TEXT, "The id of the provider that it is for.")
                            .fixed()));

    static final Kind PROVIDERS = new Kind(
            "provider",
            "/api/providers",
            "providerId",
            List.of(
                    new Column("PROVIDER", "providerId"),
                    new Column("NAME", NAME),
                    new Column("DIALECTS", "supportedApiSurfaces"),
                    new Column("BASE URL", "baseUrl"),
                    new Column("MODELS", "models")),
            List.of(
                    Field.of("--name", NAME, FieldForm.TEXT, "For people. Default of a new one: its id."),
                    Field.of("--base-url", "baseUrl", FieldForm.TEXT, "Such as https://models.example/v1."),
                    Field.of(
                            "--dialect",
                            "supportedApiSurfaces",
                            FieldForm.LIST,
                            "Those it speaks, such as openai-chat."),
                    Field.of("--auth-header", "auth.header", FieldForm.TEXT, "The header with its key."),
                    Field.of(
                            "--auth-prefix",
                            "auth.prefix",
                            FieldForm.TEXT,
                            "What stands before the key, such as 'Bearer '."),
                    Field.of("--model", "models", FieldForm.MODELS, "The ids of its models."),
                    Field.of("--header", "headers", FieldForm.PAIRS, "A fixed header; repeatable."),
                    Field.of("--query", "query", FieldForm.PAIRS, "A fixed parameter; repeatable.")));

    static final Kind ACCOUNTS =
            new Kind("account", "/api/accounts", NAME, List.of(new Column("NAME", NAME), ID, CREATED), List.of(NAMED));

    Kind {
        columns = List.copyOf(columns);
        fields = List.copyOf(fields);
    }

    private static List<Field> fields(List<Field> last, Field... first) {
        return Stream.concat(Stream.of(first), last.stream()).toList();
    }

    /** Those that an object takes later, too. */
    List<Field> changeable() {
        List<Field> changeable = new ArrayList<>(fields);
        changeable.removeIf(Field::isFixed);
        return changeable;
    }

    /** As people call it: {@code provider house}. */
    String called(JsonNode object) {
        return noun + " " + object.path(subject).asText();
    }
}
