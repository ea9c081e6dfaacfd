package dev.serai.command;

import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import dev.serai.declared.Export;
import dev.serai.declared.Present;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code serai export}: an account as a file for {@link Apply}. */
@Command(
        name = "export",
        description = "Print what an account holds as a file for serai apply; without values of keys.")
public final class ExportAccount extends ApiCommand {
    public ExportAccount(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws CallException {
        Export export = new Export(Present.ask(api));
        Optional<String> obstacle = export.obstacle();
        if (obstacle.isPresent()) {
            err().println("serai: " + obstacle.get());
            return FAILED;
        }
        out().println(isJson() ? Shown.json(export.document()) : export.text().stripTrailing());
        return 0;
    }
}
