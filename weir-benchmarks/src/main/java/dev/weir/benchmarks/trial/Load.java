package dev.weir.benchmarks.trial;

/** How calls follow each other. */
public enum Load {
    /** As fast as they can. */
    FULL("back to back", 0),
    /** Each with its intended start. */
    STEADY_10K("10 000/s", 10_000),
    /** Each with its intended start. */
    STEADY_50K("50 000/s", 50_000),
    /** Each with its intended start. */
    STEADY_200K("200 000/s", 200_000),
    /** A thousand back to back, every 20 ms. */
    BURSTS("bursts of 1000 every 20 ms", 50_000);

    /** How many calls a burst has. */
    static final int BURST = 1_000;

    private final String title;
    private final int perSecond;

    Load(String title, int perSecond) {
        this.title = title;
        this.perSecond = perSecond;
    }

    /** For tables. */
    public String title() {
        return title;
    }

    /** Calls per second; 0 for no limit. */
    int perSecond() {
        return perSecond;
    }
}
