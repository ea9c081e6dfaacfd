package dev.serai.gateway;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code gateway:/path?methods=POST&dialect=openai-chat}: requests for one path. A path with a star, {@code /before/*behind}, takes
 * every path that begins with {@code /before/}, ends with {@code behind} and has something between them; one that ends in {@code
 * /*} takes {@code /before/} itself too.
 */
public final class GatewayEndpoint extends DefaultEndpoint {
    private final String path;
    private final boolean pattern;
    private final String suffix;
    private Set<String> methods = Set.of("POST");
    private String dialect = "openai-chat";

    GatewayEndpoint(String uri, GatewayComponent component, String path) {
        super(uri, component);
        String absolute = path.startsWith("/") ? path : "/" + path;
        int star = absolute.indexOf("/*") + 1;
        this.pattern = star > 0;
        this.path = pattern ? absolute.substring(0, star) : absolute;
        this.suffix = pattern ? absolute.substring(star + 1) : "";
    }

    /** The path served; of a pattern what stands before the star, with its closing slash. */
    public String getPath() {
        return path;
    }

    /** Whether it serves more than one path. */
    public boolean isPattern() {
        return pattern;
    }

    /** Of a pattern what stands behind the star; otherwise empty. */
    public String getSuffix() {
        return suffix;
    }

    /** The HTTP methods taken, separated by commas; others are answered with 405. Default {@code POST}. */
    public String getMethods() {
        return String.join(",", methods);
    }

    public void setMethods(String methods) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : methods.split(",", -1)) {
            names.add(name.strip().toUpperCase(Locale.ROOT));
        }
        this.methods = Set.copyOf(names);
    }

    Set<String> getMethodSet() {
        return methods;
    }

    /** The dialect that clients of this path speak; errors are written in it. */
    public String getDialect() {
        return dialect;
    }

    public void setDialect(String dialect) {
        this.dialect = dialect;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        GatewayConsumer consumer = new GatewayConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("gateway: receives requests; to send one, use upstream:");
    }
}
