package dev.serai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.config.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A file of the folder {@code routes} as its author sees it: routes, and the nodes in them, before Camel reads it. */
final class RouteFile {
    static final Path FOLDER = Path.of("routes");

    /** What a {@code rest} offers at its path. */
    private static final List<String> VERBS = List.of("get", "post", "patch", "put", "delete");

    /**
     * Something that can have an id: a route, where it begins, a step, or a branch of a step.
     *
     * @param kind such as {@code route}, {@code from}, {@code process}, {@code doCatch}
     */
    record Node(RouteFile file, String pointer, String kind, JsonNode body) {
        String id() {
            return body.path("id").asText();
        }

        String description() {
            return body.path("description").asText();
        }

        String uri() {
            return body.path("uri").asText();
        }

        /** What it sends to with {@code direct:}; a name that is known only later ends in {@code *}. */
        Optional<String> target() {
            return kind.equals("from") || kind.equals("rest") ? Optional.empty() : direct();
        }

        private Optional<String> direct() {
            String called = VERBS.contains(kind)
                    ? body.path("to").path("uri").asText()
                    : uri().isEmpty()
                            ? file.routesOfBeans.getOrDefault(body.path("ref").asText(), "")
                            : uri();
            return called.startsWith("direct:")
                    ? Optional.of(called.substring("direct:".length())
                            .replaceFirst("\\?.*", "")
                            .replaceFirst("(\\$\\{|\\{\\{).*", "*"))
                    : Optional.empty();
        }

        /** For messages: {@code gateway.camel.yaml:12 process authenticate}. */
        @Override
        public String toString() {
            return file.name() + ":" + file.document.line(pointer) + " " + kind + " " + id();
        }
    }

    /** A route or the template of one. */
    record Route(String id, String description, Node from, List<Node> steps) {
        /** The name it answers to with {@code direct:}. */
        Optional<String> direct() {
            return from.direct();
        }
    }

    private final YamlDocument document;
    /** Beans of the file that call a route, by their names. */
    private final Map<String, String> routesOfBeans = new HashMap<>();

    private final List<Node> nodes = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();

    RouteFile(YamlDocument document) {
        this.document = document;
        for (int i = 0; i < document.root().size(); i++) {
            String pointer = "/" + i;
            document.root()
                    .get(i)
                    .properties()
                    .forEach(top -> readTop(top.getKey(), pointer + "/" + top.getKey(), top.getValue()));
        }
    }

    /** Those of the repository, in the order of their names. */
    static List<RouteFile> shipped() throws IOException, ConfigurationException {
        List<RouteFile> files = new ArrayList<>();
        for (ConfigFile file : shippedFiles()) {
            files.add(new RouteFile(YamlDocument.parse(file)));
        }
        return files;
    }

    static List<ConfigFile> shippedFiles() throws IOException, ConfigurationException {
        List<ConfigFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(FOLDER)) {
            for (Path path : found.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                files.add(ConfigFile.read(path));
            }
        }
        return files;
    }

    private void readTop(String kind, String pointer, JsonNode body) {
        if (kind.equals("beans")) {
            body.forEach(bean -> routesOfBeans.put(
                    bean.path("name").asText(),
                    bean.path("properties").path("route").asText()));
            return;
        }
        nodes.add(new Node(this, pointer, kind, body));
        if (kind.equals("rest")) {
            readRest(pointer, body);
        }
        String routePointer = kind.equals("routeTemplate") ? pointer + "/route" : pointer;
        JsonNode from = document.root().at(routePointer + "/from");
        if (from.isObject()) {
            Node begin = new Node(this, routePointer + "/from", "from", from);
            nodes.add(begin);
            int first = nodes.size();
            readSteps(begin.pointer(), from);
            routes.add(new Route(
                    body.path("id").asText(),
                    body.path("description").asText(),
                    begin,
                    List.copyOf(nodes.subList(first, nodes.size()))));
        }
    }

    /** Taken for one route, since its verbs differ in what is told beside them. */
    private void readRest(String pointer, JsonNode rest) {
        Node begin = nodes.get(nodes.size() - 1);
        int first = nodes.size();
        for (String verb : VERBS) {
            for (int i = 0; i < rest.path(verb).size(); i++) {
                nodes.add(new Node(
                        this,
                        pointer + "/" + verb + "/" + i,
                        verb,
                        rest.path(verb).get(i)));
            }
        }
        routes.add(new Route(begin.id(), begin.description(), begin, List.copyOf(nodes.subList(first, nodes.size()))));
    }

    /** The steps of this object, and what is in them. */
    private void readSteps(String pointer, JsonNode parent) {
        for (int i = 0; i < parent.path("steps").size(); i++) {
            String place = pointer + "/steps/" + i;
            parent.path("steps").get(i).properties().forEach(step -> {
                Node node = new Node(this, place + "/" + step.getKey(), step.getKey(), step.getValue());
                nodes.add(node);
                readSteps(node.pointer(), node.body());
                node.body()
                        .properties()
                        .forEach(member ->
                                readBranch(member.getKey(), node.pointer() + "/" + member.getKey(), member.getValue()));
            });
        }
    }

    /** A {@code doCatch}, {@code when} or {@code otherwise}: whatever has steps of its own beside the step's. */
    private void readBranch(String kind, String pointer, JsonNode member) {
        if (member.isArray() && !kind.equals("steps")) {
            for (int i = 0; i < member.size(); i++) {
                readBranch(kind, pointer + "/" + i, member.get(i));
            }
        } else if (member.has("steps")) {
            nodes.add(new Node(this, pointer, kind, member));
            readSteps(pointer, member);
        }
    }

    String name() {
        return document.file().name();
    }

    YamlDocument document() {
        return document;
    }

    /** The comment that the file begins with, up to its first full stop. */
    String purpose() {
        return document.file()
                .text()
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .reduce((a, b) -> a + " " + b)
                .orElse("")
                .replaceFirst("\\.(\\s.*)?$", "");
    }

    /** Everything that has an id, in the order of the file. */
    List<Node> nodes() {
        return nodes;
    }

    List<Route> routes() {
        return routes;
    }
}
