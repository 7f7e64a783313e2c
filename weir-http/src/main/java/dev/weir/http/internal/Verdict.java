package dev.weir.http.internal;

import java.util.Set;

/** What an HTTP status means for the content that was posted. */
enum Verdict {
    /** It has arrived. */
    ACKNOWLEDGED,
    /** The content is refused and always will be. */
    CONTENT_REFUSED,
    /** Not now. */
    BUSY,
    /** Not to this address, or not with these headers: somebody has to change the set-up. */
    MISDIRECTED;

    static final int TOO_LARGE = 413;

    private static final Set<Integer> REFUSING = Set.of(400, TOO_LARGE, 422);
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    static Verdict of(int status) {
        if (status >= 200 && status < 300) {
            return ACKNOWLEDGED;
        }
        if (REFUSING.contains(status)) {
            return CONTENT_REFUSED;
        }
        return PASSING.contains(status) || (status >= 500 && status < 600) ? BUSY : MISDIRECTED;
    }

    /** What somebody who reads of a {@link #MISDIRECTED} status should look at. */
    static String hint(int status) {
        return switch (status) {
            case 401, 403 -> "check the credentials in the headers";
            case 404, 405, 410 -> "check the path of the address";
            case 407 -> "check the proxy";
            case 415 -> "check whether it takes this content type, and gzip if that is on";
            default ->
                status >= 300 && status < 400
                        ? "redirects are not followed: give the address it is at"
                        : "check the address and the headers";
        };
    }
}
