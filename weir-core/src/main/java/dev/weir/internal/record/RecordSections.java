package dev.weir.internal.record;

/** Where the parts of a record begin that have no fixed place, in the array that holds the record. */
public final class RecordSections {
    private RecordSections() {}

    /** FLAG_… of {@link RecordLayout}. */
    public static int flags(byte[] bytes, int record) {
        return Bytes.getUnsignedShort(bytes, RecordLayout.flagsAt(record));
    }

    /** The text of the thread's name. */
    public static int threadNameAt(byte[] bytes, int record) {
        return RecordLayout.threadNameAt(record, flags(bytes, record));
    }

    /** The value of the message template. */
    public static int templateAt(byte[] bytes, int record) {
        return ValueDecoder.skipText(bytes, threadNameAt(bytes, record));
    }

    /** The count of the arguments; 0 if there are none. */
    public static int argumentsAt(byte[] bytes, int record) {
        return section(bytes, record, RecordLayout.argumentsAt(record));
    }

    /** The count of the context's entries; 0 if there are none. */
    public static int contextAt(byte[] bytes, int record) {
        return section(bytes, record, RecordLayout.contextAt(record));
    }

    /** The count of the key-values; 0 if there are none. */
    public static int keyValuesAt(byte[] bytes, int record) {
        return section(bytes, record, RecordLayout.keyValuesAt(record));
    }

    /** The count of the throwables; 0 if there are none. */
    public static int throwableAt(byte[] bytes, int record) {
        return section(bytes, record, RecordLayout.throwableAt(record));
    }

    /**
     * The value of one of the optional fields.
     *
     * @param key EXTRA_… of {@link RecordLayout}
     * @return 0 if the record has none
     */
    public static int extraAt(byte[] bytes, int record, byte key) {
        int at = section(bytes, record, RecordLayout.extrasAt(record));
        if (at == 0) {
            return 0;
        }
        int count = Bytes.getUnsignedShort(bytes, at);
        int next = at + 2;
        for (int i = 0; i < count; i++) {
            if (bytes[next] == key) {
                return next + 1;
            }
            next = ValueTag.skip(bytes, next + 1);
        }
        return 0;
    }

    private static int section(byte[] bytes, int record, int at) {
        int offset = Bytes.getUnsignedShort(bytes, at);
        return offset == 0 ? 0 : record + offset;
    }
}
