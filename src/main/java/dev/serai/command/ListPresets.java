package dev.serai.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.PresetSummary;
import dev.serai.config.ConfigurationException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code serai presets list}: what a provider file may begin from. */
@Command(
        name = "list",
        description = "List the presets that a provider file may begin from, and what each leaves to the file.")
public final class ListPresets extends JsonCommand implements Callable<Integer> {
    private final Setup setup;

    public ListPresets(Setup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws ConfigurationException {
        List<PresetSummary> presets = setup.find().files().presets();
        out().println(isJson() ? json(presets) : table(presets));
        return 0;
    }

    private static String table(List<PresetSummary> presets) {
        Table table = new Table("PRESET", "NAME", "MODELS", "VARIABLES", "A FILE MUST ADD", "IN");
        for (PresetSummary preset : presets) {
            table.row(
                    preset.id(),
                    preset.name(),
                    Integer.toString(preset.models()),
                    words(preset.variables(), "none needed"),
                    words(preset.needs(), "nothing"),
                    preset.file());
        }
        return table.toString();
    }

    private static String words(List<String> words, String ifNone) {
        return words.isEmpty() ? ifNone : String.join(", ", words);
    }

    private static String json(List<PresetSummary> presets) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (PresetSummary preset : presets) {
            ObjectNode one = list.addObject()
                    .put("id", preset.id())
                    .put("name", preset.name())
                    .put("models", preset.models())
                    .put("file", preset.file());
            preset.variables().forEach(one.putArray("variables")::add);
            preset.needs().forEach(one.putArray("needs")::add);
        }
        return Shown.json(list);
    }
}
