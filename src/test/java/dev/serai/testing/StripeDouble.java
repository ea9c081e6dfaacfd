package dev.serai.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stripe as far as Checkout goes, on loopback: it takes and answers what https://docs.stripe.com/api says of sessions, idempotent requests
 * and errors, and signs events as https://docs.stripe.com/webhooks says.
 */
public final class StripeDouble implements AutoCloseable {
    public static final String KEY = "sk_test_canaryOfTheSecretKey0123456789";
    public static final String WEBHOOK_SECRET = "whsec_canaryOfTheWebhookSecret0123456789";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, ObjectNode> sessions = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> requests = new ConcurrentHashMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<RawServer.Script> next = new ConcurrentLinkedQueue<>();
    private final RawServer server = RawServer.start(this::serve);
    private final Clock clock;

    public StripeDouble(Clock clock) {
        this.clock = clock;
    }

    public String url() {
        return server.url();
    }

    public RawServer server() {
        return server;
    }

    /** Does this with the next request instead of serving it. */
    public void next(RawServer.Script script) {
        next.add(script);
    }

    /** Refuses the next request as Stripe would. */
    public void refuseNext(int status, String type, String code) {
        next(connection -> connection.write(RawServer.json(status, error(type, code))));
    }

    private static String error(String type, String code) {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("error")
                .put("type", type)
                .put("code", code)
                .put("message", "Stripe says no to " + KEY)
                .put("doc_url", "https://stripe.com/docs/error-codes/" + code);
        return json.toString();
    }

    private void serve(RawServer.Connection connection) throws IOException, InterruptedException {
        while (connection.hasRequest()) {
            RawServer.Script instead = next.poll();
            if (instead != null) {
                instead.run(connection);
            } else {
                connection.write(answer(connection.request()));
            }
        }
    }

    private String answer(RawServer.Received request) {
        String[] line = request.head().split(" ", 3);
        if (!request.header("Authorization").equals("Bearer " + KEY)) {
            return RawServer.json(401, error("invalid_request_error", "api_key_invalid"));
        }
        if (line[0].equals("POST") && line[1].equals("/v1/checkout/sessions")) {
            return create(request.header("Idempotency-Key"), form(request.text()));
        }
        if (line[0].equals("GET") && line[1].startsWith("/v1/checkout/sessions?")) {
            return list(form(line[1].substring(line[1].indexOf('?') + 1)));
        }
        return RawServer.json(404, error("invalid_request_error", "resource_missing"));
    }

    private String create(String key, Map<String, String> form) {
        Map<String, String> before = requests.putIfAbsent(key, form);
        if (before != null && !before.equals(form)) {
            return RawServer.json(400, error("idempotency_error", "idempotency_key_in_use"));
        }
        return answers.computeIfAbsent(
                key, any -> RawServer.json(200, session(form).toString()));
    }

    private ObjectNode session(Map<String, String> form) {
        int number = ids.incrementAndGet();
        String id = "cs_test_" + number;
        ObjectNode session = JSON.createObjectNode()
                .put("id", id)
                .put("object", "checkout.session")
                .put("mode", form.get("mode"))
                .put("status", "open")
                .put("payment_status", "unpaid")
                .put("currency", form.get("line_items[0][price_data][currency]"))
                .put("amount_total", Long.parseLong(form.get("line_items[0][price_data][unit_amount]")))
                .put("client_reference_id", form.get("client_reference_id"))
                .put("success_url", form.get("success_url"))
                .put("cancel_url", form.get("cancel_url"))
                .put("url", "https://checkout.stripe.com/c/pay/" + id)
                .put("created", clock.instant().getEpochSecond())
                .put("expires_at", clock.instant().getEpochSecond() + 86_400)
                .put("livemode", false);
        session.putNull("payment_intent");
        ObjectNode metadata = session.putObject("metadata");
        form.forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
            }
        });
        sessions.put(id, session);
        return session;
    }

    private String list(Map<String, String> query) {
        ObjectNode list = JSON.createObjectNode()
                .put("object", "list")
                .put("url", "/v1/checkout/sessions")
                .put("has_more", false);
        var unused = list.putArray("data")
                .addAll(sessions.values().stream()
                        .filter(session ->
                                session.path("payment_intent").asText().equals(query.get("payment_intent")))
                        .toList());
        return RawServer.json(200, list.toString());
    }

    /** A form, in the order of its names. */
    public static Map<String, String> form(String text) {
        Map<String, String> form = new TreeMap<>();
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            form.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A session that Serai did not open. */
    public ObjectNode foreignSession(long cents) {
        return session(new LinkedHashMap<>(Map.of(
                "mode", "payment",
                "line_items[0][price_data][currency]", "usd",
                "line_items[0][price_data][unit_amount]", Long.toString(cents))));
    }

    /** The session as it is once somebody has paid. */
    public ObjectNode paid(String session) {
        ObjectNode paid = sessions.get(session);
        paid.put("status", "complete")
                .put("payment_status", "paid")
                .put("payment_intent", session.replace("cs_", "pi_"));
        return paid;
    }

    /** A refund of a part of a session that is paid, or of all of it. */
    public ObjectNode refund(String id, String session, long cents, String status) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", "refund")
                .put("amount", cents)
                .put("charge", session.replace("cs_", "ch_"))
                .put("currency", "usd")
                .put("payment_intent", session.replace("cs_", "pi_"))
                .put("status", status);
    }

    /** A dispute of a session that is paid. */
    public ObjectNode dispute(String id, String session, long cents) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", "dispute")
                .put("amount", cents)
                .put("currency", "usd")
                .put("payment_intent", session.replace("cs_", "pi_"))
                .put("status", "needs_response");
    }

    /** An event as it is sent: each call makes another one of the same object. */
    public String event(String type, ObjectNode object) {
        ObjectNode event = JSON.createObjectNode()
                .put("id", "evt_" + ids.incrementAndGet())
                .put("object", "event")
                .put("api_version", "2020-08-27")
                .put("created", clock.instant().getEpochSecond())
                .put("type", type)
                .put("livemode", false)
                .put("pending_webhooks", 1);
        event.putObject("data").set("object", object.deepCopy());
        return event.toPrettyString();
    }

    /** The header {@code Stripe-Signature}. */
    public static String signature(String secret, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(hash) + ",v0=" + "0".repeat(64);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same, of this moment and with the right secret. */
    public String signature(String body) {
        return signature(WEBHOOK_SECRET, clock.instant().getEpochSecond(), body);
    }

    @Override
    public void close() {
        server.close();
    }
}
