package dev.serai.catalog;

import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a preset is.
 *
 * @param variables what it wants from the environment: its key, if it needs one, and what its URLs refer to
 * @param needs     what a provider file must add; empty if it can be switched on without a file
 * @param models    how many models it names
 * @param file      where it stands
 */
public record PresetSummary(
        String id, String name, List<String> variables, List<String> needs, int models, String file) {
    public PresetSummary {
        variables = List.copyOf(variables);
        needs = List.copyOf(needs);
    }

    static PresetSummary of(YamlDocument preset) {
        Set<String> variables = new LinkedHashSet<>();
        if (preset.root().path("auth").has("env")) {
            variables.add(preset.root().path("auth").path("env").asText());
        }
        variables.addAll(Variables.names(preset.root().path("baseUrl").asText()));
        preset.root()
                .path("dialects")
                .forEach(surface ->
                        variables.addAll(Variables.names(surface.path("baseUrl").asText())));
        List<String> needs = new ArrayList<>();
        preset.root().path("needs").fieldNames().forEachRemaining(needs::add);
        return new PresetSummary(
                preset.root().path("id").asText(),
                preset.root().path("name").asText(),
                List.copyOf(variables),
                needs,
                preset.root().path("models").size(),
                preset.file().path());
    }
}
