package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.serai.config.ConfigFile;
import dev.serai.config.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The document that describes the API. That calls and answers fit it, {@link ApiServer} checks in every test. */
@Timeout(60)
class OpenApiDocumentTest {
    private static ApiServer api;
    private static JsonNode document;

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        api = ApiServer.start(home);
        document = api.contract().document();
        // For generators of clients.
        Files.writeString(Path.of("target/openapi.json"), document.toPrettyString());
    }

    @AfterAll
    static void close() {
        api.close();
    }

    /** {@code GET /api/accounts} and so on, as the route files have them. */
    private static Set<String> ofRouteFiles() throws Exception {
        Set<String> calls = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("management"))
                    .toList()) {
                YamlDocument.parse(ConfigFile.read(file))
                        .root()
                        .forEach(top -> top.path("rest").properties().forEach(member -> {
                            if (member.getValue().isArray()) {
                                member.getValue()
                                        .forEach(verb -> calls.add(member.getKey()
                                                        .toUpperCase(Locale.ROOT) + " "
                                                + top.path("rest").path("path").asText()
                                                + verb.path("path").asText()));
                            }
                        }));
            }
        }
        return calls;
    }

    @Test
    void it_has_every_call_of_the_route_files_and_no_other() throws Exception {
        Set<String> described = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(described).hasSizeGreaterThan(35).isEqualTo(ofRouteFiles());
    }

    @Test
    void it_fits_the_schema_of_openapi() {
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaLocation.of("classpath:spec.openapis.org/oas/3.1/schema/2022-10-07"))
                        .validate(document))
                .isEmpty();
    }

    @Test
    void every_schema_in_it_is_one() {
        document.at("/components/schemas").properties().forEach(schema -> assertThat(
                        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                                .validate(schema.getValue()))
                .as(schema.getKey())
                .isEmpty());
    }

    @Test
    void every_reference_leads_somewhere_and_every_part_is_referred_to() {
        List<String> references = new ArrayList<>();
        document.findValuesAsText("$ref").forEach(references::add);
        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        Set<String> parts = new HashSet<>();
        for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
            document.at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> parts.add("#/components/" + kind + "/" + name));
        }
        assertThat(new HashSet<>(references)).isEqualTo(parts);
    }

    @Test
    void every_call_says_who_may_make_it() {
        document.path("paths")
                .forEach(path -> path.forEach(
                        operation -> assertThat(operation.path("x-serai-role").asText())
                                .as("%s", operation.path("operationId"))
                                .isIn("reader", "admin", "operator")));
    }
}
