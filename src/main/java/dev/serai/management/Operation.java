package dev.serai.management;

import dev.serai.control.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.SecurityDefinition;
import org.apache.camel.model.rest.VerbDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A call that a {@code rest} of the route files offers.
 *
 * @param id          as the route file has it, such as {@code list-access-keys}
 * @param resource    id of the {@code rest}
 * @param method      in capital letters
 * @param path        with {@code {id}} where an id stands
 * @param description a sentence
 * @param role        who may; null where the file does not say, and then nobody may
 * @param bodySchema  name of the schema of what is sent; null for nothing
 * @param replySchema name of the schema of the answer; null for none
 */
record Operation(
        String id,
        String resource,
        String method,
        String path,
        String description,
        @Nullable Role role,
        @Nullable String bodySchema,
        @Nullable String replySchema) {
    /** What a route file calls the permission; its scopes are the role. */
    static final String SECURITY = "api-key";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String PLACE_OF_ID = "{id}";
    private static final String PATHS = "/api/";

    /** Those of these route files, in their order. */
    static List<Operation> of(List<RestDefinition> rests) {
        List<Operation> operations = new ArrayList<>();
        for (RestDefinition rest : rests) {
            for (VerbDefinition verb : rest.getVerbs()) {
                if (verb.getId() == null || !String.valueOf(rest.getPath()).startsWith(PATHS)) {
                    // Somebody's own, which has nothing to do with this API.
                    continue;
                }
                operations.add(new Operation(
                        verb.getId(),
                        rest.getId(),
                        verb.asVerb().toUpperCase(Locale.ROOT),
                        rest.getPath() + (verb.getPath() == null ? "" : verb.getPath()),
                        String.valueOf(verb.getDescriptionText()),
                        role(verb.getSecurity()),
                        verb.getType(),
                        verb.getOutType()));
            }
        }
        return operations;
    }

    private static @Nullable Role role(@Nullable List<SecurityDefinition> securities) {
        if (securities == null
                || securities.size() != 1
                || !SECURITY.equals(securities.get(0).getKey())) {
            return null;
        }
        String scopes = securities.get(0).getScopes();
        try {
            return scopes == null ? null : Role.of(scopes);
        } catch (IllegalArgumentException e) {
            // Nobody has it.
            return null;
        }
    }

    boolean hasId() {
        return path.contains(PLACE_OF_ID);
    }

    boolean isList() {
        return id.startsWith("list-");
    }

    /** Whether it is about one object, which has an entity tag. */
    boolean isConditional() {
        return (hasId() && !method.equals("POST")) || id.endsWith("-gateway-config") || id.startsWith("rotate-");
    }

    /** Whether the path of a URL is this one's, whatever stands in the place of the id. */
    boolean isAt(String urlPath) {
        return matcher(urlPath).matches();
    }

    /** What stands in the place of the id; empty if that cannot be one. */
    Optional<String> idIn(String urlPath) {
        Matcher matcher = matcher(urlPath);
        return matcher.matches() && ID.matcher(matcher.group(1)).matches()
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    private Matcher matcher(String urlPath) {
        String pattern = Pattern.quote(path).replace(PLACE_OF_ID, "\\E([^/]+)\\Q");
        return Pattern.compile(pattern).matcher(urlPath);
    }
}
