package dev.weir.benchmarks;

/**
 * Says that a call has begun before the call takes its time stamp, so that a reader that finds the ring empty knows that
 * no older stamp can come. This store and the stamp may not change places, so it has the cost of a full fence.
 */
final class AnnouncedRing extends OwnRing {
    private final CountedRing.Position open = new CountedRing.Position();

    AnnouncedRing(int bytes) {
        super(bytes);
    }

    @Override
    boolean tryAppend(byte[] body) {
        open.set(1);
        boolean appended = super.tryAppend(body);
        open.setRelease(0);
        return appended;
    }

    @Override
    boolean isOpen() {
        return open.get() != 0;
    }
}
