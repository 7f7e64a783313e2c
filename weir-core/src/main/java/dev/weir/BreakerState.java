package dev.weir;

/** What a handler's circuit breaker lets through. */
public enum BreakerState {
    /** Everything. */
    CLOSED,
    /** Nothing; the records wait. */
    OPEN,
    /** One attempt with one record. */
    HALF_OPEN
}
