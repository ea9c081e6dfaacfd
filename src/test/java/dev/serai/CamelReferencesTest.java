package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.secrets.ReferenceException;
import dev.serai.secrets.SecretFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CamelReferencesTest {
    @TempDir
    Path folder;

    private final CamelContext context = new DefaultCamelContext();
    private CamelReferences references;

    @BeforeEach
    void begin() {
        context.start();
        references = new CamelReferences(
                Map.of("HOUSE_KEY", "sk-of-the-house\n", "TWO_LINES", "a\nb", "BLANK", " "),
                new SecretFiles(List.of(folder)));
        references.answeredBy(context);
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    private String value(String expression) {
        return references.value(expression).reveal();
    }

    /** A vault as Camel's components are one. */
    private static PropertiesFunction vault(String name) {
        return new PropertiesFunction() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public String apply(String remainder) {
                return switch (remainder) {
                    case "house#key@2" -> "sk-of-the-vault";
                    case "locked" -> throw new IllegalStateException("outer", new IllegalStateException("no entry"));
                    default -> null;
                };
            }
        };
    }

    @Test
    void a_variable_and_a_file_are_read() throws Exception {
        Files.writeString(folder.resolve("house"), "sk-of-the-file\n");
        assertThat(value("{{env:HOUSE_KEY}}")).isEqualTo("sk-of-the-house");
        assertThat(value("{{file:" + folder + "/house}}")).isEqualTo("sk-of-the-file");
    }

    @Test
    void a_vault_is_asked_by_the_function_of_its_component() {
        context.getPropertiesComponent().addPropertiesFunction(vault("aws"));
        references.check("{{aws:house#key@2}}");
        assertThat(value("{{aws:house#key@2}}")).isEqualTo("sk-of-the-vault");
        assertThatThrownBy(() -> value("{{aws:nothing}}")).hasMessage("aws knows no nothing");
        assertThatThrownBy(() -> value("{{aws:locked}}")).hasMessage("aws could not be asked for locked: no entry");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {{aws:house}}              | camel-aws-secrets-manager-4.18.0
                    {{gcp:house}}              | camel-google-secret-manager-4.18.0
                    {{azure:house}}            | camel-azure-key-vault-4.18.0
                    {{hashicorp:e:house}}      | camel-hashicorp-vault-4.18.0
                    {{secret:house/key}}       | camel-kubernetes-4.18.0
                    {{attic:house}}            | there is no place called attic
                    {{sys:user.home}}          | there is no place called sys
                    {{service:house}}          | there is no place called service
                    {{bean:house}}             | there is no place called bean
                    {{serai.database-url}}     | has the form {{kind:name}}
                    {{env:A}} {{env:B}}        | has the form {{kind:name}}
                    {{env:{{env:A}}}}          | has the form {{kind:name}}
                    {{env:SERAI_MASTER_KEY}}   | is for Serai alone
                    {{env:SERAI_DATABASE_URL}} | is for Serai alone
                    {{file:/etc/passwd}}       | serai.secret-folders
                    """)
    void what_can_never_be_had_here_is_refused_and_says_what_to_do(String expression, String said) {
        assertThatThrownBy(() -> references.check(expression))
                .hasMessageContaining(said)
                .isInstanceOfSatisfying(
                        ReferenceException.class, e -> assertThat(e.isForGood()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {{env:NOT_SET}}   | NOT_SET is not set in the environment
                    {{env:BLANK}}     | is no key
                    {{env:TWO_LINES}} | is no key
                    """)
    void what_is_not_there_now_is_no_reason_to_refuse_it_for_good(String expression, String said) {
        references.check(expression);
        assertThatThrownBy(() -> value(expression))
                .hasMessageContaining(said)
                .isInstanceOfSatisfying(
                        ReferenceException.class, e -> assertThat(e.isForGood()).isFalse());
    }
}
