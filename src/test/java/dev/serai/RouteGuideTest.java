package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The part of routes/README.md that is drawn from the route files. */
class RouteGuideTest {
    private static final String BEGIN = "<!-- drawn from the files; a test compares -->\n";
    private static final String END = "<!-- end of what is drawn -->\n";

    /** If this fails: the text that the message gives as expected belongs between the two comments. */
    @Test
    void the_table_and_the_call_graph_are_those_of_the_route_files() throws Exception {
        List<RouteFile> files = RouteFile.shipped();
        String guide = Files.readString(RouteFile.FOLDER.resolve("README.md"));
        assertThat(guide.substring(guide.indexOf(BEGIN) + BEGIN.length(), guide.indexOf(END)))
                .isEqualTo("\n" + table(files) + "\n" + graph(files) + "\n");
    }

    private static String table(List<RouteFile> files) {
        StringBuilder table = new StringBuilder("| File | What is in it | Routes |\n|---|---|---|\n");
        for (RouteFile file : files) {
            StringJoiner routes = new StringJoiner(", ");
            file.routes().forEach(route -> routes.add("`" + route.id() + "`"));
            table.append("| [`%s`](%s) | %s | %s |\n".formatted(file.name(), file.name(), file.purpose(), routes));
        }
        return table.toString();
    }

    private static String graph(List<RouteFile> files) {
        StringBuilder graph = new StringBuilder("```mermaid\nflowchart LR\n");
        for (RouteFile file : files) {
            for (RouteFile.Route route : file.routes()) {
                route.steps().stream()
                        .flatMap(step -> called(step).stream())
                        .distinct()
                        .forEach(target -> graph.append("  %s --> %s\n".formatted(route.id(), target)));
            }
        }
        return graph.append("```\n").toString();
    }

    /** A route or a template by its id, anything else by the name of its component. */
    private static List<String> called(RouteFile.Node step) {
        return step.target()
                .map(name -> List.of(name.replace("-*", "").replaceFirst("^\\*$", "usage")))
                .orElse(step.uri().isEmpty() ? List.of() : List.of(step.uri().replaceFirst(":.*", "")));
    }
}
