package dev.serai.dialect.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The part of docs/translation.md that is drawn from what the codecs do. */
class TranslationGuideTest {
    private static final String BEGIN = "<!-- drawn from the codecs; a test compares -->\n";
    private static final String END = "<!-- end of what is drawn -->\n";
    private static final Path DRAWN = Path.of("target/translation.md");

    /** If this fails: copy target/translation.md to docs/translation.md, and look at what changed. */
    @Test
    void the_tables_say_what_the_codecs_do() throws Exception {
        String page = Files.readString(Path.of("docs/translation.md"));
        String drawn = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                + new TranslationGuide().text()
                + page.substring(page.indexOf(END));
        Files.createDirectories(DRAWN.getParent());
        Files.writeString(DRAWN, drawn);
        assertThat(page).as("copy " + DRAWN + " to docs/translation.md").isEqualTo(drawn);
    }
}
