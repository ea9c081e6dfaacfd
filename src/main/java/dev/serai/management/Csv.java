package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Objects as comma-separated values (RFC 4180), the names of the fields in the first line. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it: clients choose names of models.
 */
final class Csv {
    private static final String TOKENS = "tokens.input,tokens.cacheRead,tokens.cacheWrite5m,tokens.cacheWrite1h,"
            + "tokens.inputAudio,tokens.inputImage,tokens.output,tokens.reasoning,tokens.outputAudio,tokens.outputImage,"
            + "tokens.webSearches";

    /** Fields of events, with dots between the names of those in others. */
    static final List<String> EVENTS = fields("id,at,requestId,accountId,accessKeyId,dialect,streaming,provider,"
            + "providerName,model,modelName,providerDialect,keySource,providerKeyId,providerKey,attempt,final,outcome,"
            + "status,timedOut,errorClass,stopReason," + TOKENS + ",tokens.estimated,charge,price.state,price.version,"
            + "price.model,price.modelIsPaid,price.fee,latencyMs,timeToFirstTokenMs");

    /** Fields of sums by day. */
    static final List<String> SUMS =
            fields("day,group,requests,attempts,failed,estimated," + TOKENS + ",charge,modelCost,fee");

    private Csv() {}

    private static List<String> fields(String names) {
        return List.of(names.split(",", -1));
    }

    static String of(List<String> fields, List<? extends JsonNode> objects) {
        StringBuilder csv = new StringBuilder(String.join(",", fields)).append("\r\n");
        for (JsonNode object : objects) {
            csv.append(fields.stream()
                            .map(field -> cell(object.at("/" + field.replace('.', '/'))))
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return csv.toString();
    }

    private static String cell(JsonNode value) {
        String text = value.asText();
        if (value.isTextual() && text.matches("(?s)[=+@\\t\\r-].*")) {
            text = "'" + text;
        }
        return text.matches("(?s).*[\",\\r\\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
