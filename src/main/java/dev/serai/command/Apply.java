package dev.serai.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import dev.serai.config.ConfigFile;
import dev.serai.declared.Change;
import dev.serai.declared.Declaration;
import dev.serai.declared.Difference;
import dev.serai.declared.Execution;
import dev.serai.declared.Plan;
import dev.serai.declared.Planner;
import dev.serai.declared.Present;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serai apply}: makes an account as a file declares it. With {@code --dry-run}, exits with 3 if it is not. */
@Command(
        name = "apply",
        description = "Make an account as a file declares it: show what is to be done, and do it. With --dry-run, do"
                + " nothing, and exit with 3 if there was something to do.")
public final class Apply extends ApiCommand {
    private static final int DRIFT = 3;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The declaration; docs/command-line.md explains it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--dry-run", description = "Only show what is to be done.")
    private boolean dryRun;

    @Option(names = "--prune", description = "Delete what the sections of the file do not name.")
    private boolean prune;

    public Apply(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws Exception {
        Declaration declaration = Declaration.read(ConfigFile.read(file));
        Present present = Present.ask(api);
        Plan plan = new Planner(declaration, present, api, setup().environment(), prune).plan();
        if (!isJson()) {
            show(plan);
        }
        ArrayNode made = JsonNodeFactory.instance.arrayNode();
        try {
            Execution execution = new Execution(api, present);
            for (Change change : plan.changes()) {
                Optional<String> token = dryRun ? Optional.empty() : make(execution, change);
                made.add(json(change, token));
            }
        } finally {
            // What was done before a refusal was done, and a token is shown once.
            if (isJson()) {
                ObjectNode json = JsonNodeFactory.instance.objectNode().put("dryRun", dryRun);
                json.set("changes", made);
                plan.spared().forEach(json.putArray("spared")::add);
                out().println(Shown.json(json));
            }
        }
        return dryRun && !plan.changes().isEmpty() ? DRIFT : 0;
    }

    private void show(Plan plan) {
        plan.changes().forEach(out()::println);
        plan.spared().forEach(object -> out().println("  not in the file, and left: " + object));
        out().println(
                        plan.changes().isEmpty()
                                ? "Nothing to do: all is as " + file + " declares it."
                                : plan.count(Change.Action.CREATE) + " to create, "
                                        + plan.count(Change.Action.UPDATE) + " to change, "
                                        + plan.count(Change.Action.DELETE) + " to delete");
    }

    private Optional<String> make(Execution execution, Change change) throws CallException {
        Optional<String> token = execution.make(change);
        if (!isJson()) {
            String done =
                    switch (change.action()) {
                        case CREATE -> "created";
                        case UPDATE -> "changed";
                        case DELETE -> "deleted";
                    };
            out().println((done + ": " + change.section().noun() + " " + change.label()).stripTrailing());
            token.ifPresent(text -> out().println("  its token, shown this once: " + text));
        }
        return token;
    }

    private static ObjectNode json(Change change, Optional<String> token) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("action", change.action().name().toLowerCase(Locale.ROOT))
                .put("section", change.section().field())
                .put("name", change.label());
        ArrayNode fields = json.putArray("fields");
        for (Difference difference : change.differences()) {
            ObjectNode field = fields.addObject().put("field", difference.field());
            if (!difference.before().isMissingNode()) {
                field.set("before", difference.before());
            }
            if (!difference.after().isMissingNode()) {
                field.set("after", difference.after());
            }
        }
        token.ifPresent(text -> json.put("token", text));
        return json;
    }
}
