package dev.serai.command;

import java.io.InputStream;
import java.time.Clock;
import java.util.Map;

/**
 * What commands that call the management API have around them.
 *
 * @param environment variables, the API key among them
 * @param in          where a value can be piped in
 */
public record ApiSetup(Map<String, String> environment, Clock clock, InputStream in) {
    public ApiSetup {
        environment = Map.copyOf(environment);
    }
}
