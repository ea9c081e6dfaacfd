package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user's own routes folder: one file of it takes the place of the shipped one, and the rest stays as it is. */
@Timeout(60)
class OwnRoutesTest {
    private static final String EXTENSIONS = "extensions.camel.yaml";
    private static final String REQUEST = "{\"model\":\"inn:gpt-x\",\"messages\":[]}";
    private static final String ANSWER =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

    @TempDir
    Path home;

    private final RawServer provider = RawServer.answering(RawServer.json(200, ANSWER));
    private final List<AutoCloseable> open = new ArrayList<>(List.of(provider));

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private RunningSerai start(RunningSerai.Setup setup) throws Exception {
        RunningSerai serai = setup.withProvider("inn", provider.port()).start();
        open.add(0, serai);
        return serai;
    }

    /** The extensions file with these steps in it, each in the form of YAML lists. */
    private static String extensions(String beforeDispatch, String afterReply) {
        return """
                - route:
                    id: before-dispatch
                    routeConfigurationId: serai
                    from:
                      uri: direct:before-dispatch
                      steps:
                %s
                - route:
                    id: after-reply
                    routeConfigurationId: serai
                    from:
                      uri: direct:after-reply
                      steps:
                %s
                """.formatted(beforeDispatch.indent(8), afterReply.indent(8));
    }

    private static String setHeader(String name, String expression) {
        return """
                - setHeader:
                    name: %s
                    expression:
                      simple:
                        expression: %s
                """.formatted(name, expression);
    }

    private static String blockingStep() {
        return """
                - threads:
                    poolSize: 1
                    maxPoolSize: 1
                    maxQueueSize: 1
                    rejectedPolicy: Abort
                    threadName: extensions
                - process:
                    ref: block
                """;
    }

    @Test
    void a_step_sets_a_header_for_the_provider_and_another_for_the_client() throws Exception {
        RunningSerai serai = start(RunningSerai.in(home)
                .withRouteFile(
                        EXTENSIONS,
                        extensions(
                                setHeader("x-title", "house of ${variable.dialect}"),
                                setHeader("x-answered-by", "${variable.provider}"))));
        RawClient.Response response = serai.post("/v1/chat/completions", REQUEST);
        assertThat(response.status()).isEqualTo(200);
        assertThat(provider.received().get(0).header("x-title")).isEqualTo("house of openai-chat");
        assertThat(response.header("x-answered-by")).isEqualTo("inn");
    }

    @Test
    void a_step_reads_who_calls_and_what_is_asked() throws Exception {
        RunningSerai serai = start(RunningSerai.in(home)
                .withRouteFile(
                        EXTENSIONS,
                        extensions(
                                setHeader(
                                        "x-title",
                                        "${variable.accessKey.id} ${variable.request.stream}"
                                                + " ${variable.request.models[0]}"),
                                setHeader("x-after", "${variable.upstreamUrl}"))));
        RawClient.Response response = serai.post("/v1/chat/completions", REQUEST);
        assertThat(provider.received().get(0).header("x-title")).isEqualTo("bootstrap false inn:gpt-x");
        assertThat(response.header("x-after")).isEqualTo(provider.url() + "/v1/chat/completions");
    }

    @Test
    void a_route_of_a_new_file_can_serve_a_path_of_its_own() throws Exception {
        RunningSerai serai = start(RunningSerai.in(home).withRouteFile("hello.camel.yaml", """
                        - route:
                            id: say-hello
                            from:
                              uri: gateway:/hello
                              parameters:
                                methods: GET
                              steps:
                                - setBody:
                                    expression:
                                      constant:
                                        expression: Hello, caravan
                        """));
        try (RawClient client = serai.client()) {
            RawClient.Response response =
                    client.send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n").read();
            assertThat(response.body()).isEqualTo("Hello, caravan");
        }
        assertThat(serai.post("/v1/chat/completions", REQUEST).status()).isEqualTo(200);
    }

    /** Holds every request until it is let go, on whatever thread it comes. */
    private static final class Block implements Processor {
        final Semaphore held = new Semaphore(0);
        final CountDownLatch letGo = new CountDownLatch(1);
        volatile String thread = "";

        @Override
        public void process(Exchange exchange) throws InterruptedException {
            thread = Thread.currentThread().getName();
            held.release();
            if (!letGo.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let go");
            }
        }
    }

    @Test
    void a_step_that_blocks_behind_threads_leaves_the_event_loop_free() throws Exception {
        Block block = new Block();
        RunningSerai serai = start(RunningSerai.in(home)
                .with("SERAI_EVENT_LOOPS", "1")
                .withBean("block", block)
                .withRouteFile(EXTENSIONS, extensions(blockingStep(), setHeader("x-after", "reply"))));
        try (RawClient held = post(serai);
                RawClient other = serai.client()) {
            assertThat(block.held.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(other.send("GET /health HTTP/1.1\r\nHost: test\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
            block.letGo.countDown();
            RawClient.Response response = held.read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(ANSWER);
            assertThat(response.header("x-after")).isEqualTo("reply");
        }
        assertThat(block.thread).contains("extensions");
    }

    @Test
    void when_the_threads_and_their_queue_are_full_a_request_is_refused_as_overload() throws Exception {
        Block block = new Block();
        RunningSerai serai = start(RunningSerai.in(home)
                .withBean("block", block)
                .withRouteFile(EXTENSIONS, extensions(blockingStep(), setHeader("x-after", "reply"))));
        try (RawClient running = post(serai)) {
            assertThat(block.held.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            try (RawClient one = post(serai);
                    RawClient two = post(serai)) {
                // One of the two waits in the queue; the other finds it full. Which is which, the network decides.
                RawClient.Response refused = firstAnswer(one, two);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isEqualTo("1");
                assertThat(refused.body()).contains("\"code\":\"overloaded\"");
            }
            block.letGo.countDown();
            assertThat(running.read().status()).isEqualTo(200);
        }
    }

    private static RawClient post(RunningSerai serai) throws Exception {
        return serai.client()
                .post(
                        "/v1/chat/completions",
                        REQUEST,
                        "Authorization: Bearer " + RunningSerai.KEY,
                        "Content-Type: application/json");
    }

    private static RawClient.Response firstAnswer(RawClient... clients) throws Exception {
        var answers = new java.util.concurrent.ExecutorCompletionService<RawClient.Response>(task -> {
            Thread thread = new Thread(task, "reader");
            thread.setDaemon(true);
            thread.start();
        });
        for (RawClient client : clients) {
            answers.submit(client::read);
        }
        return answers.take().get();
    }

    @Test
    void a_file_that_camel_cannot_read_stops_the_start_and_is_named() throws Exception {
        RunningSerai.Setup setup = RunningSerai.in(home).withRouteFile(EXTENSIONS, "- route:\n    form: 1\n");
        assertThatThrownBy(() -> start(setup)).hasStackTraceContaining(EXTENSIONS);
    }
}
