package dev.serai.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The commands of the management API: the same verbs for every kind of objects. */
public final class ApiCommands {
    private ApiCommands() {}

    /**
     * A word of the command line with words behind it.
     *
     * @param commands as {@link CommandLine#addSubcommand(Object)} takes them
     */
    public record Group(String name, String description, List<Object> commands) {
        public Group {
            commands = List.copyOf(commands);
        }
    }

    /** All words but {@code providers}, which has commands beside those of the API. */
    public static List<Group> groups(ApiSetup setup) {
        List<Object> providerKeys = new ArrayList<>(verbs(setup, Kind.PROVIDER_KEYS, new CreateProviderKey(setup)));
        providerKeys.add(named(
                new CommandLine(new RotateProviderKey(setup)), "rotate", "Give one another value; its id stays."));
        ChangeSettings change = new ChangeSettings(setup);
        CommandLine settings = new CommandLine(change);
        change.addOptions(settings.getCommandSpec());
        return List.of(
                new Group("keys", "Access keys, which applications send.", verbs(setup, Kind.ACCESS_KEYS)),
                new Group(
                        "configurations",
                        "What may be called with access keys, and how.",
                        verbs(setup, Kind.CONFIGURATIONS)),
                new Group("provider-keys", "Credentials for providers.", providerKeys),
                new Group("api-keys", "Keys to the management API.", verbs(setup, Kind.API_KEYS)),
                new Group("accounts", "Tenants; for operators.", verbs(setup, Kind.ACCOUNTS)),
                new Group(
                        "gateway-config",
                        "What holds for all requests of the account.",
                        List.of(new ShowSettings(setup), settings)));
    }

    /** Those of custom providers. */
    public static List<Object> providers(ApiSetup setup) {
        Kind kind = Kind.PROVIDERS;
        return List.of(
                named(new CommandLine(new ListObjects(setup, kind)), "added", "List those that were added."),
                named(new CommandLine(new ShowObject(setup, kind)), "show", "Show one that was added."),
                made(new CheckProvider(setup), "check", "Ask one for its models before it is added."),
                made(new CreateObject(setup, kind), "add", "Add one to a running Serai."),
                changed(setup, kind, "Change one that was added."),
                named(new CommandLine(new DeleteObject(setup, kind)), "remove", "Remove one that was added."));
    }

    private static List<Object> verbs(ApiSetup setup, Kind kind) {
        return verbs(setup, kind, new CreateObject(setup, kind));
    }

    private static List<Object> verbs(ApiSetup setup, Kind kind, CreateObject create) {
        return List.of(
                named(new CommandLine(new ListObjects(setup, kind)), "list", "List them, the newest first."),
                named(new CommandLine(new ShowObject(setup, kind)), "show", "Show everything about one."),
                made(create, "create", "Make one."),
                changed(setup, kind, "Change what is given; everything else stays."),
                named(new CommandLine(new DeleteObject(setup, kind)), "delete", "Delete one."));
    }

    private static CommandLine made(CreateObject create, String name, String description) {
        CommandLine line = named(new CommandLine(create), name, description);
        create.addOptions(line.getCommandSpec());
        return line;
    }

    private static CommandLine changed(ApiSetup setup, Kind kind, String description) {
        UpdateObject update = new UpdateObject(setup, kind);
        CommandLine line = named(new CommandLine(update), "update", description);
        update.addOptions(line.getCommandSpec());
        return line;
    }

    private static CommandLine named(CommandLine line, String name, String description) {
        line.getCommandSpec().name(name).usageMessage().description(description);
        return line;
    }
}
