package dev.serai.dialect.openai;

import dev.serai.conversation.ChatFailure.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the providers that speak OpenAI's dialects say what went wrong: by a code or type, by a phrase, by the status. Codes are compared
 * in lower case; numbers in quotes are those of Z.ai.
 */
final class OpenAiErrorCodes {
    private static final Map<String, Kind> CODES = new HashMap<>();

    static {
        codes(
                Kind.CONTEXT_TOO_LONG,
                "context_length_exceeded",
                "context_length_error",
                "context_window_exceeded",
                "model_context_window_exceeded",
                "exceed_context_size_error",
                "input_too_long",
                "prompt_too_long",
                "1261");
        codes(
                Kind.CONTENT_FILTER,
                "content_filter",
                "content_filter_error",
                "content_policy_violation",
                "responsibleaipolicyviolation",
                "moderation_blocked",
                "data_inspection_failed",
                "datainspectionfailed",
                "sensitive_content",
                "invalid_prompt",
                "bio_policy",
                "cyber_policy",
                "image_content_policy_violation",
                "1301");
        codes(
                Kind.QUOTA_EXHAUSTED,
                "insufficient_quota",
                "insufficient_balance",
                "insufficient_credits",
                "exceeded_current_quota_error",
                "billing_hard_limit_reached",
                "billing_not_active",
                "quota_exceeded",
                "arrearage",
                "payment_required",
                "1113");
        codes(
                Kind.RATE_LIMITED,
                "rate_limit_exceeded",
                "rate_limit_error",
                "rate_limit_reached_error",
                "rate_limited",
                "too_many_requests",
                "too_many_requests_error",
                "token_quota_exceeded",
                "request_quota_exceeded",
                "resource_exhausted",
                "throttling",
                "throttling.ratequota",
                "limit_requests",
                "limit_burst_rate",
                "1302",
                "1303",
                "1304",
                "1308");
        codes(
                Kind.OVERLOADED,
                "overloaded",
                "overloaded_error",
                "engine_overloaded",
                "engine_overloaded_error",
                "server_overloaded",
                "server_is_overloaded",
                "slow_down",
                "service_unavailable",
                "service_unavailable_error",
                "service_tier_capacity_exceeded",
                "capacity_exceeded",
                "queue_exceeded",
                "server_is_overloaded",
                "slow_down",
                "unavailable",
                "1305");
        codes(
                Kind.AUTHENTICATION,
                "invalid_api_key",
                "api_key_invalid",
                "incorrect_api_key",
                "wrong_api_key",
                "missing_api_key",
                "invalid_authentication_error",
                "authentication_error",
                "unauthenticated",
                "unauthorized",
                "1000",
                "1001",
                "1002",
                "1003",
                "1004");
        codes(
                Kind.PERMISSION,
                "permission_denied",
                "permission_denied_error",
                "permission_error",
                "access_denied",
                "insufficient_permissions",
                "unsupported_country_region_territory",
                "1220");
        codes(
                Kind.NOT_FOUND,
                "model_not_found",
                "model_not_available",
                "deploymentnotfound",
                "not_found",
                "not_found_error",
                "resource_not_found_error",
                "1211");
        codes(Kind.REQUEST_TOO_LARGE, "request_too_large");
        // Of responses, which say them within a stream too.
        codes(
                Kind.INVALID_REQUEST,
                "invalid_encrypted_content",
                "previous_response_not_found",
                "invalid_image",
                "invalid_image_format",
                "invalid_image_mode",
                "invalid_image_url",
                "invalid_base64_image",
                "image_too_large",
                "image_too_small",
                "image_parse_error",
                "image_file_too_large",
                "image_file_not_found",
                "unsupported_image_media_type",
                "empty_image_file",
                "failed_to_download_image");
        codes(Kind.TIMED_OUT, "timeout", "timeout_error", "request_timeout", "deadline_exceeded");
    }

    /** Types that say little: they count where there is no status. */
    private static final Map<String, Kind> VAGUE = Map.of(
            "invalid_request_error", Kind.INVALID_REQUEST,
            "invalid_request", Kind.INVALID_REQUEST,
            "invalid_argument", Kind.INVALID_REQUEST,
            "badrequesterror", Kind.INVALID_REQUEST,
            "failed_precondition", Kind.INVALID_REQUEST,
            "server_error", Kind.SERVER_ERROR);

    private record Phrases(Kind kind, List<String> phrases) {}

    /** What providers without codes write, in lower case. */
    private static final List<Phrases> PHRASES = List.of(
            new Phrases(
                    Kind.CONTEXT_TOO_LONG,
                    List.of(
                            "context length",
                            "context window",
                            "maximum context",
                            "context size",
                            "maximum prompt length",
                            "prompt is too long",
                            "prompt too long",
                            "input is too long",
                            "input token count",
                            "input tokens exceed",
                            "too many tokens",
                            "exceed max message tokens",
                            "reduce the length of the messages")),
            new Phrases(
                    Kind.CONTENT_FILTER,
                    List.of(
                            "content management policy",
                            "content filter",
                            "content policy",
                            "safety system",
                            "inappropriate content",
                            "considered high risk",
                            "usage policies")),
            new Phrases(
                    Kind.QUOTA_EXHAUSTED,
                    List.of(
                            "exceeded your current quota",
                            "insufficient balance",
                            "insufficient credit",
                            "insufficient funds",
                            "out of credits",
                            "credit balance",
                            "requires more credits")),
            new Phrases(
                    Kind.AUTHENTICATION,
                    List.of("api key not valid", "invalid api key", "incorrect api key", "missing api key")));

    private OpenAiErrorCodes() {}

    private static void codes(Kind kind, String... codes) {
        for (String code : codes) {
            CODES.put(code, kind);
        }
    }

    /**
     * What went wrong.
     *
     * @param status null within a stream
     * @param code   null if the provider gave none; so with the type
     */
    static Kind judge(@Nullable Integer status, @Nullable String code, @Nullable String type, String message) {
        Kind stated = firstOf(CODES, code, type);
        if (stated != null && stated != Kind.RATE_LIMITED) {
            return stated;
        }
        Kind worded = worded(message);
        if (worded != null && (stated == null || worded == Kind.QUOTA_EXHAUSTED) && mayBe(worded, status)) {
            return worded;
        }
        if (stated != null && (status == null || status != 413)) {
            return stated;
        }
        Kind vague = status == null ? firstOf(VAGUE, type, code) : ofStatus(status);
        return vague == null ? Kind.SERVER_ERROR : vague;
    }

    private static @Nullable Kind firstOf(Map<String, Kind> table, @Nullable String first, @Nullable String second) {
        Kind found = first == null ? null : table.get(first.toLowerCase(Locale.ROOT));
        return found == null && second != null ? table.get(second.toLowerCase(Locale.ROOT)) : found;
    }

    private static @Nullable Kind worded(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        for (Phrases phrases : PHRASES) {
            if (phrases.phrases.stream().anyMatch(lower::contains)) {
                return phrases.kind;
            }
        }
        return null;
    }

    /** Words alone do not turn a failure of the server into one of the request. */
    private static boolean mayBe(Kind kind, @Nullable Integer status) {
        return status == null || (status >= 400 && status < 500 && !(kind == Kind.CONTEXT_TOO_LONG && status == 429));
    }

    /** What a status alone says. */
    static Kind ofStatus(int status) {
        return switch (status) {
            case 401 -> Kind.AUTHENTICATION;
            case 402 -> Kind.QUOTA_EXHAUSTED;
            case 403 -> Kind.PERMISSION;
            case 404 -> Kind.NOT_FOUND;
            case 408, 504, 524 -> Kind.TIMED_OUT;
            case 413 -> Kind.REQUEST_TOO_LARGE;
            case 429 -> Kind.RATE_LIMITED;
            case 498, 503, 529 -> Kind.OVERLOADED; // 498: Groq has no room in its flex tier
            default -> status >= 400 && status < 500 ? Kind.INVALID_REQUEST : Kind.SERVER_ERROR;
        };
    }
}
