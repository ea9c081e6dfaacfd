package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    @ParameterizedTest
    @ValueSource(strings = {"provider.schema.json", "access-keys.schema.json", "failover.schema.json"})
    void a_shipped_schema_describes_every_property_and_allows_no_others(String name) throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Objects.requireNonNull(
                        SchemaTest.class.getClassLoader().getResourceAsStream("serai/config/" + name)));
        assertThat(schema.path("description").asText()).isNotEmpty();
        checkObjects(schema);
    }

    private static void checkObjects(JsonNode schema) {
        if (schema.path("properties").isObject()) {
            assertThat(schema.path("additionalProperties").isBoolean())
                    .as("%s", schema)
                    .isTrue();
            assertThat(schema.path("additionalProperties").asBoolean())
                    .as("%s", schema)
                    .isFalse();
            schema.path("properties").properties().forEach(property -> assertThat(
                            property.getValue().path("description").asText())
                    .as(property.getKey())
                    .endsWith("."));
        }
        schema.forEach(SchemaTest::checkObjects);
    }

    @Test
    void the_version_that_a_schema_names_is_the_one_that_counts() throws Exception {
        // exclusiveMaximum is true or false in draft 04, and a number in 2020-12.
        Schema schema = Schema.onClassPath("schema/draft-04.json");
        assertThat(schema.check(YamlDocument.parse(new ConfigFile("a.yaml", "a.yaml", "[1, 2]"))))
                .isEmpty();
        assertThat(schema.check(YamlDocument.parse(new ConfigFile("a.yaml", "a.yaml", "[1, 3]"))))
                .hasSize(1);
    }

    @Test
    void a_schema_that_is_not_there_is_a_fault_of_the_build() {
        assertThatThrownBy(() -> Schema.onClassPath("serai/config/none.json"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("serai/config/none.json is missing from the class path");
    }
}
