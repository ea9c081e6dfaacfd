package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void files_come_in_the_order_of_their_names_without_hidden_ones_and_folders() throws Exception {
        Files.writeString(folder.resolve("b.yaml"), "b");
        Files.writeString(folder.resolve("a.yaml"), "a");
        Files.writeString(folder.resolve(".swp"), "no");
        Files.createDirectory(folder.resolve("sub"));

        assertThat(new ConfigFolder.Directory(folder).files())
                .containsExactly(
                        new ConfigFile("a.yaml", folder + "/a.yaml", "a"),
                        new ConfigFile("b.yaml", folder + "/b.yaml", "b"));
    }

    @Test
    void a_directory_that_does_not_exist_is_empty() throws Exception {
        assertThat(new ConfigFolder.Directory(folder.resolve("none")).files()).isEmpty();
    }

    @Test
    void a_file_that_is_not_text_is_a_problem() throws Exception {
        Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> new ConfigFolder.Directory(folder).files())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder + "/a.yaml: is not UTF-8 text");
    }

    @Test
    void a_folder_in_a_jar_is_listed_although_the_jar_has_no_entries_for_folders() throws Exception {
        Path jar = folder.resolve("with space.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (String name : new String[] {"x/schema.json", "x/items/b.yaml", "x/items/a.yaml"}) {
                entries.putNextEntry(new JarEntry(name));
                entries.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            assertThat(new ConfigFolder.ClassPath("x/items", "x/schema.json").files(loader))
                    .containsExactly(
                            new ConfigFile("a.yaml", "x/items/a.yaml", "x/items/a.yaml"),
                            new ConfigFile("b.yaml", "x/items/b.yaml", "x/items/b.yaml"));
        }
    }

    @Test
    void a_class_path_without_the_marker_is_a_problem() {
        assertThatThrownBy(() -> new ConfigFolder.ClassPath("x/items", "x/schema.json").files())
                .hasMessage("x/schema.json: is missing from the class path");
    }
}
