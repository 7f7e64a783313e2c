package dev.weir.handler;

import java.time.Duration;

/**
 * How many rolled files are kept.
 *
 * @param count at most so many; 0 without a limit
 * @param age none that was written last so long ago; zero without a limit
 * @param bytes so many together; 0 without a limit
 */
record Retention(int count, Duration age, long bytes) {
    static final Retention ALL = new Retention(0, Duration.ZERO, 0);

    boolean isLimited() {
        return count > 0 || bytes > 0 || !age.isZero();
    }

    boolean isTooMany(int files) {
        return count > 0 && files > count;
    }

    boolean isTooMuch(long sum) {
        return bytes > 0 && sum > bytes;
    }

    boolean isTooOld(long millis) {
        return !age.isZero() && Duration.ofMillis(millis).compareTo(age) > 0;
    }
}
