package dev.serai.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the benchmark asks of the gateway's management API: to have credits, and how much was counted. */
record AdminPort(int port, String key) {
    private static final Pattern REQUESTS = Pattern.compile("\"total\"\\s*:\\s*\\{[^}]*\"requests\"\\s*:\\s*(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOOKS = 120;

    void grantMillion() throws IOException, InterruptedException {
        String body = "{\"amount\":\"1000000\",\"kind\":\"promotional\",\"description\":\"for the benchmark\"}";
        send(request("/api/credits/grants")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** How many requests were counted, once that number has come to rest; as many as there are then if it does not in a minute. */
    long counted() throws IOException, InterruptedException {
        long counted = now();
        for (int i = 0; i < LOOKS; i++) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            long before = counted;
            counted = now();
            if (counted == before) {
                return counted;
            }
        }
        return counted;
    }

    private long now() throws IOException, InterruptedException {
        Matcher found = REQUESTS.matcher(send(request("/api/usage/overview").GET()));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + key);
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("the admin port answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
