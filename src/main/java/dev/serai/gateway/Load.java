package dev.serai.gateway;

/** How full a gateway is at this moment. Any thread. */
public interface Load {
    /** How many requests for models may be served at once. */
    int limit();

    /** How many are being served. */
    int served();

    /** How many wait for a place. */
    int waiting();

    /** How many have been refused so far, for want of a place. */
    long refused();
}
