package dev.serai.faults;

import static dev.serai.faults.FaultCase.harmless;
import static dev.serai.faults.FaultCase.midStream;
import static dev.serai.faults.FaultCase.needsHelp;

import dev.serai.faults.FaultCase.Mode;
import dev.serai.faults.FaultCase.Verdict;
import dev.serai.testing.RawServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The table: everything that a provider does to its clients. Times are those of {@link FaultTableTest}, which are short. */
final class Faults {
    private static final String FLOOD = "x-flood: yes\r\n".repeat(20_000);
    private static final int BIG = 2 << 20;
    private static final int FEW = 20;
    private static final int MOST = 40;

    private Faults() {}

    static List<FaultCase> all() {
        List<FaultCase> all = new ArrayList<>();
        all.addAll(statuses());
        all.addAll(keys());
        all.addAll(connections());
        all.addAll(heads());
        all.addAll(bodies());
        all.addAll(beginnings());
        all.addAll(middles());
        all.addAll(oddities());
        return all;
    }

    private static List<FaultCase> statuses() {
        Turn.Deed limited = turn -> turn.refuse(429, "rate_limit_error", "Slow down.", "Retry-After: 2");
        return List.of(
                harmless("429 with `Retry-After: 2`, once", limited.once()),
                needsHelp("429 always, without `Retry-After`", turn -> turn.refuse(429, "rate_limit_error", "No.")),
                needsHelp(
                        "429 with `Retry-After: 60`",
                        turn -> turn.refuse(429, "rate_limit_error", "No.", "Retry-After: 60")),
                harmless("500, once", ((Turn.Deed) turn -> turn.refuse(500, "api_error", "Oops.")).once()),
                needsHelp("500 always", turn -> turn.refuse(500, "api_error", "Oops.")),
                needsHelp("502 with a page of HTML", turn -> turn.connection()
                        .write(RawServer.response(502, "text/html", "<h1>Bad gateway</h1>"))),
                needsHelp("503 always", turn -> turn.refuse(503, "overloaded_error", "Busy.")),
                needsHelp("504 without a body", turn -> turn.connection().write(RawServer.json(504, ""))),
                needsHelp("529 always", turn -> turn.refuse(529, "overloaded_error", "Overloaded")),
                needsHelp("409", turn -> turn.refuse(409, "conflict", "Another time.")),
                needsHelp("404, no such model", turn -> turn.refuse(404, "not_found_error", "model: m")),
                needsHelp("413, too large", turn -> turn.refuse(413, "request_too_large", "Too large.")),
                needsHelp(
                        "context length exceeded",
                        turn -> turn.refuse(
                                400, "invalid_request_error", "prompt is too long: 9000 tokens > 8000 maximum")),
                FaultCase.of(
                        "content filter",
                        Verdict.CLEAN_ERROR,
                        Verdict.CLEAN_ERROR,
                        turn -> turn.refuse(400, "content_filter", "Blocked by the content filter policy.")),
                needsHelp("a redirect", turn -> turn.connection()
                        .write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")));
    }

    private static List<FaultCase> keys() {
        return List.of(
                harmless(
                                "401 on the first of two keys",
                                ((Turn.Deed) turn -> turn.refuse(401, "authentication_error", "Who are you?")).once())
                        .at("keys"),
                harmless(
                                "quota exhausted on the first of two keys",
                                ((Turn.Deed) turn -> turn.refuse(
                                                429, "insufficient_quota", "You exceeded your current quota."))
                                        .once())
                        .at("keys"),
                needsHelp("401 always", turn -> turn.refuse(401, "authentication_error", "Who are you?")),
                needsHelp("401 on both of two keys", turn -> turn.refuse(401, "authentication_error", "Who?"))
                        .at("keys"),
                needsHelp("500 always, with five keys", turn -> turn.refuse(500, "api_error", "Oops."))
                        .at("many"));
    }

    private static List<FaultCase> connections() {
        return List.of(
                needsHelp("connection refused", Turn::answer).at("refused"),
                needsHelp("garbage instead of TLS", Turn::answer).at("notls"),
                needsHelp("no such host", Turn::answer).at("nowhere"),
                harmless(
                        "reset before headers, once",
                        ((Turn.Deed) turn -> turn.connection().reset()).once()),
                needsHelp("reset before headers, always", turn -> turn.connection()
                        .reset()),
                needsHelp("closes before headers", turn -> turn.connection().close()),
                needsHelp("accepts and never answers", Turn::hang));
    }

    private static List<FaultCase> heads() {
        return List.of(
                needsHelp("no HTTP", turn -> {
                    turn.connection().write("hello, this is no HTTP\r\n\r\n");
                    turn.connection().close();
                }),
                needsHelp("headers at one byte in a while", turn -> slowly(turn, "HTTP/1.1 200 OK\r\nContent-Type: x")),
                needsHelp("a flood of headers", turn -> {
                    turn.connection().write("HTTP/1.1 200 OK\r\n" + FLOOD + "\r\n");
                    turn.connection().close();
                }),
                needsHelp("headers at once, then nothing", turn -> {
                    turn.connection()
                            .write("HTTP/1.1 200 OK\r\nContent-Type: " + turn.type()
                                    + "\r\nContent-Length: 99\r\n\r\n");
                    turn.hang();
                }),
                harmless("two hundred headers", turn -> {
                    StringBuilder many = new StringBuilder();
                    for (int i = 0; i < 200; i++) {
                        many.append("x-header-").append(i).append(": value\r\n");
                    }
                    turn.answerWithHead(many.toString(), turn.bodyBytes());
                }),
                harmless("103 Early Hints first", turn -> {
                    turn.connection().write("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n");
                    turn.answer();
                }));
    }

    private static void slowly(Turn turn, String head) throws java.io.IOException, InterruptedException {
        for (byte single : head.getBytes(StandardCharsets.US_ASCII)) {
            turn.connection().write(new byte[] {single});
            turn.connection().pause(100);
        }
        turn.hang();
    }

    private static List<FaultCase> bodies() {
        return List.of(
                needsHelp("HTML in a 200", turn -> turn.connection()
                        .write(RawServer.response(200, "text/html", "<h1>Welcome</h1>"))),
                needsHelp("an empty 200", turn -> turn.answerEmpty()),
                needsHelp("an error in a 200", turn -> turn.connection()
                        .write(RawServer.json(200, turn.tongue().error("server_error", "No beds.")))),
                needsHelp("truncated JSON", turn -> turn.connection()
                                .write(RawServer.json(200, turn.body().substring(0, 99))))
                        .in(Mode.WHOLE),
                needsHelp("less than its content length", turn -> {
                            turn.connection().write(turn.wholeAnswer().replaceFirst("(Content-Length: \\d+)", "$10"));
                            turn.connection().close();
                        })
                        .in(Mode.WHOLE),
                needsHelp(
                        "a content encoding that nobody asked for",
                        turn -> turn.answerWithHead("Content-Encoding: compress\r\n", turn.bodyBytes())));
    }

    private static List<FaultCase> beginnings() {
        return List.of(
                needsHelp("an error event before any content in a 200", turn -> turn.connection()
                                .write(RawServer.streamHead()
                                        + RawServer.chunk(turn.tongue().errorEvent("overloaded_error", "Overloaded"))
                                        + RawServer.lastChunk()))
                        .in(Mode.STREAMED),
                needsHelp("opens a stream, and the first token comes too late", turn -> {
                            turn.begin(0);
                            turn.hang();
                        })
                        .in(Mode.STREAMED),
                needsHelp("pings for ever, and never a token", turn -> {
                            turn.connection().write(RawServer.streamHead());
                            for (int i = 0; i < 30; i++) {
                                turn.connection().write(RawServer.chunk(": still here\n\n"));
                                turn.connection().pause(100);
                            }
                            turn.hang();
                        })
                        .in(Mode.STREAMED),
                needsHelp("cut before the first token", turn -> {
                            turn.begin(0);
                            turn.connection().close();
                        })
                        .in(Mode.STREAMED));
    }

    private static List<FaultCase> middles() {
        return List.of(
                midStream("cut after 40 of 60 words, socket closed", turn -> {
                    turn.begin(MOST);
                    turn.connection().close();
                }),
                midStream("the same, with a fallback that refuses a prefix", turn -> {
                            turn.begin(MOST);
                            turn.connection().close();
                        })
                        .with("proud")
                        .notGoneOn(),
                midStream("reset after 40 of 60 words", turn -> {
                    turn.begin(MOST);
                    turn.connection().pause(400); // a reset takes away what has not been read
                    turn.connection().reset();
                }),
                midStream("a clean end after 40 of 60 words, and no finish", turn -> turn.connection()
                        .write(RawServer.streamHead() + Turn.chunks(turn.begun(MOST)) + RawServer.lastChunk())),
                midStream("a stall after 20 words", turn -> {
                    turn.begin(FEW);
                    turn.hang();
                }),
                midStream("the tenth event is no JSON", turn -> {
                    turn.begin(8);
                    turn.connection().write(RawServer.chunk("data: {\"choices\": [oops\n\n"));
                    turn.connection()
                            .write(Turn.chunks(turn.events()
                                            .subList(9, turn.events().size()))
                                    + RawServer.lastChunk());
                }),
                midStream("an error event after 20 words", turn -> {
                    turn.begin(FEW);
                    turn.connection()
                            .write(RawServer.chunk(turn.tongue().errorEvent("overloaded_error", "Overloaded"))
                                    + RawServer.lastChunk());
                }));
    }

    private static List<FaultCase> oddities() {
        return List.of(
                harmless("complete, but without its last event", turn -> {
                            List<String> events = turn.events();
                            turn.connection()
                                    .write(RawServer.streamHead()
                                            + Turn.chunks(events.subList(0, events.size() - 1))
                                            + RawServer.lastChunk());
                        })
                        .in(Mode.STREAMED),
                harmless("complete, but cut before the chunked end", turn -> {
                            turn.connection().write(RawServer.streamHead() + Turn.chunks(turn.events()));
                            turn.connection().close();
                        })
                        .in(Mode.STREAMED),
                harmless("complete, and then the connection hangs", turn -> {
                            turn.connection().write(RawServer.streamHead() + Turn.chunks(turn.events()));
                            turn.hang();
                        })
                        .in(Mode.STREAMED),
                harmless("gzip", turn -> turn.answerWithHead("Content-Encoding: gzip\r\n", turn.gzipped())),
                harmless("single-byte writes", turn -> {
                    turn.connection()
                            .write("HTTP/1.1 200 OK\r\nContent-Type: " + turn.type() + "\r\nContent-Length: "
                                    + turn.bodyBytes().length + "\r\n\r\n");
                    turn.connection().writeByteByByte(turn.body());
                }),
                harmless("a 2 MB delta", turn -> {
                    String big = turn.body().replace("first-30 ", "first-30 " + "!".repeat(BIG) + " ");
                    turn.answerWithHead("", big.getBytes(StandardCharsets.UTF_8));
                }));
    }
}
