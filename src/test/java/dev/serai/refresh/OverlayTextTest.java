package dev.serai.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.catalog.Overlays;
import dev.serai.config.ConfigFile;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OverlayTextTest {
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(30),
                Arbitraries.strings()
                        .withChars("aé☃: #,-[]{}'\"&*?|>%@`~!.0e+")
                        .ofMinLength(1)
                        .ofMaxLength(12),
                Arbitraries.of(
                        "true", "no", "NULL", "~", "1e5", "0x1F", "2026-11-22", "- a", "a: b", "a #b", "?", "=", "<<"));
    }

    @Property
    void whatever_is_written_is_read_as_it_was(@ForAll("names") String name, @ForAll("names") String by)
            throws Exception {
        Overlay overlay = new Overlay(
                "mine",
                List.of(new Overlay.Entry(
                        "a",
                        List.of(new Overlay.Statement(
                                by, "2026-11-22", false, Map.of("name", JsonNodeFactory.instance.textNode(name)))))));
        ConfigFile file = new ConfigFile("mine.yaml", "mine.yaml", OverlayText.of(overlay));
        assertThat(Overlay.of(Overlays.read(file))).isEqualTo(overlay);
    }
}
