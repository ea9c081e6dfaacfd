package dev.serai.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
    @TempDir
    Path root;

    private Path allowed;
    private SecretFiles files;

    @BeforeEach
    void begin() throws Exception {
        allowed = Files.createDirectory(root.resolve("secrets"));
        files = new SecretFiles(List.of(allowed, root.resolve("not-there")));
    }

    @Test
    void a_secret_is_a_file_without_the_end_of_its_line() throws Exception {
        Files.writeString(allowed.resolve("openai"), "sk-mounted\n");
        assertThat(files.read(allowed + "/openai")).isEqualTo("sk-mounted");
    }

    @Test
    void a_secret_of_kubernetes_is_behind_links_that_stay_in_the_folder() throws Exception {
        Path data = Files.createDirectory(allowed.resolve("..2026_11_22"));
        Files.writeString(data.resolve("key"), "sk-first");
        Files.createSymbolicLink(allowed.resolve("..data"), Path.of("..2026_11_22"));
        Files.createSymbolicLink(allowed.resolve("key"), Path.of("..data/key"));
        assertThat(files.read(allowed + "/key")).isEqualTo("sk-first");
    }

    @Test
    void what_lies_elsewhere_is_refused_whether_it_is_there_or_not() {
        for (String name : List.of(
                "/etc/passwd",
                allowed + "/../outside",
                allowed.toString(),
                "secrets/openai",
                allowed + "-too/key",
                "bad\0name")) {
            assertThatThrownBy(() -> files.file(name))
                    .as(name)
                    .isInstanceOfSatisfying(ReferenceException.class, e -> assertThat(e.isForGood())
                            .isTrue());
        }
        assertThatThrownBy(() -> files.read("/etc/passwd")).hasMessageContaining("serai.secret-folders");
    }

    @Test
    void a_link_that_leads_out_is_refused() throws Exception {
        Files.writeString(root.resolve("outside"), "sk-outside");
        Files.createSymbolicLink(allowed.resolve("way-out"), root.resolve("outside"));
        assertThatThrownBy(() -> files.read(allowed + "/way-out")).hasMessageContaining("link out of the folders");
    }

    @Test
    void a_file_that_is_missing_or_too_large_is_told() throws Exception {
        assertThatThrownBy(() -> files.read(allowed + "/missing")).hasMessageContaining("mount the secret there");
        Files.writeString(allowed.resolve("large"), "x".repeat(20_000));
        assertThatThrownBy(() -> files.read(allowed + "/large")).hasMessageContaining("larger than");
    }
}
