package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;

/** The parts of a file that declares an account, in the order in which one needs another. */
public enum Section {
    PROVIDERS("providers", "provider", "/api/providers"),
    PROVIDER_KEYS("providerKeys", "provider key", "/api/provider-keys"),
    CONFIGURATIONS("configurations", "configuration", "/api/access-key-configurations"),
    ACCESS_KEYS("accessKeys", "access key", "/api/access-keys"),
    /** One object, which is always there. */
    GATEWAY_CONFIG("gatewayConfig", "gateway configuration", "/api/gateway-config");

    private final String field;
    private final String noun;
    private final String path;

    Section(String field, String noun, String path) {
        this.field = field;
        this.noun = noun;
        this.path = path;
    }

    /** Its name in the file. */
    public String field() {
        return field;
    }

    /** What one of its objects is called. */
    public String noun() {
        return noun;
    }

    String path() {
        return path;
    }

    boolean isList() {
        return this != GATEWAY_CONFIG;
    }

    /** By what an object of the file is found in the gateway. */
    String label(JsonNode object) {
        return switch (this) {
            case PROVIDERS -> object.path("providerId").asText();
            case PROVIDER_KEYS ->
                keyLabel(object.path("providerId").asText(), object.path("name").asText());
            case CONFIGURATIONS, ACCESS_KEYS -> object.path("name").asText();
            case GATEWAY_CONFIG -> "";
        };
    }

    /** Of a provider key: several providers may have one of the same name. */
    static String keyLabel(String provider, String name) {
        return provider + "/" + name;
    }
}
