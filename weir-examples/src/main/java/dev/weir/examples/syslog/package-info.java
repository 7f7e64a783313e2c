/**
 * A handler as others write it, to be copied: {@link dev.weir.examples.syslog.SyslogHandler}, the type {@code syslog} of a
 * configuration by {@link dev.weir.examples.syslog.SyslogHandlerFactory}, and its test, which extends the contract suite.
 * {@code docs/writing-a-handler.md} goes through it.
 */
@NullMarked
package dev.weir.examples.syslog;

import org.jspecify.annotations.NullMarked;
