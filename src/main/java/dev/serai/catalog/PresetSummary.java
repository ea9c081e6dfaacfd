package dev.serai.catalog;

import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * What a preset is.
 *
 * @param env    the variable that holds the key; empty if it needs none
 * @param needs  what a provider file must add; empty if it can be switched on without a file
 * @param models how many models it names
 * @param file   where it stands
 */
public record PresetSummary(String id, String name, String env, List<String> needs, int models, String file) {
    public PresetSummary {
        needs = List.copyOf(needs);
    }

    static PresetSummary of(YamlDocument preset) {
        List<String> needs = new ArrayList<>();
        preset.root().path("needs").fieldNames().forEachRemaining(needs::add);
        return new PresetSummary(
                preset.root().path("id").asText(),
                preset.root().path("name").asText(),
                preset.root().path("auth").path("env").asText(),
                needs,
                preset.root().path("models").size(),
                preset.file().path());
    }
}
