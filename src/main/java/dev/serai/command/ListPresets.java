package dev.serai.command;

import dev.serai.catalog.PresetSummary;
import dev.serai.config.ConfigurationException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code serai presets list}: what a provider file may begin from. */
@Command(
        name = "list",
        description = "List the presets that a provider file may begin from, and what each leaves to the file.")
public final class ListPresets implements Callable<Integer> {
    private final Setup setup;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    public ListPresets(Setup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws ConfigurationException {
        Table table = new Table("PRESET", "NAME", "MODELS", "KEY", "A FILE MUST ADD", "IN");
        for (PresetSummary preset : setup.find().files().presets()) {
            table.row(
                    preset.id(),
                    preset.name(),
                    Integer.toString(preset.models()),
                    preset.env().isEmpty() ? "none needed" : preset.env(),
                    preset.needs().isEmpty() ? "nothing" : String.join(", ", preset.needs()),
                    preset.file());
        }
        spec.commandLine().getOut().println(table);
        return 0;
    }
}
