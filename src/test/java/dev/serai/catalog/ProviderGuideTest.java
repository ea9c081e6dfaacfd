package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of docs/providers.md that is drawn from the provider files and presets. */
class ProviderGuideTest {
    private static final String BEGIN = "<!-- drawn from the files; a test compares -->\n";
    private static final String END = "<!-- end of what is drawn -->\n";
    private static final Path DRAWN = Path.of("target/providers.md");

    /** If this fails: copy target/providers.md to docs/providers.md, and look at what changed. */
    @Test
    void the_tables_are_those_of_the_provider_files_and_presets() throws Exception {
        String page = Files.readString(Path.of("docs/providers.md"));
        List<Provider> presets = new ArrayList<>();
        for (ConfigFile preset : CatalogLoader.SHIPPED_PRESETS.files()) {
            presets.add(ShippedFilesTest.preset(preset.name().replace(".yaml", "")));
        }
        presets.sort(java.util.Comparator.comparing(Provider::id));
        String drawn = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                + new ProviderGuide(ShippedFilesTest.shipped().providers(), presets).text()
                + page.substring(page.indexOf(END));
        Files.writeString(DRAWN, drawn);
        assertThat(page).as("copy " + DRAWN + " to docs/providers.md").isEqualTo(drawn);
    }
}
