package dev.weir.handler;

/** Points on the way of a roll and a compression, in their order, at which tests let a process die or an operation fail. */
enum RollStep {
    /** The log has the name of a rolled file, and there is no log. */
    RENAMED,
    /** The part of the batch that belongs to the rolled file is written. */
    FINISHED,
    /** There is a new log, which is empty. */
    OPENED,
    /** All of a batch that was split is written, and nothing of it committed. */
    WRITTEN,
    /** Some of a rolled file is in the temporary one. */
    COMPRESSING,
    /** All of it is, and on the device. */
    COMPRESSED,
    /** The temporary file has the name of the compressed one; the source is there, too. */
    REPLACING,
    /** The source is deleted. */
    REPLACED
}
