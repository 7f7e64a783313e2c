package dev.weir.http.internal;

import java.io.IOException;

/** The collector works and does not take this content, and never will. */
public final class ContentRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean tooLarge;

    /**
     * A refusal.
     *
     * @param message where, and what it answered
     * @param tooLarge whether less at a time might be taken
     */
    public ContentRefusedException(String message, boolean tooLarge) {
        super(message);
        this.tooLarge = tooLarge;
    }

    /**
     * Whether it was refused for its size.
     *
     * @return true if less at a time might be taken
     */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
