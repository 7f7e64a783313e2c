/**
 * What every handler that posts batches needs, whatever its format; not exported but to Weir's own modules.
 *
 * <pre>
 *  record ─► BatchPoster ─► Batch (bytes)
 *                 └─ post ─► HttpTransport ─► Client ─► collector
 * </pre>
 *
 * Start at {@link dev.weir.http.internal.BatchPoster}. The batch takes any formatter, the poster any way to post, and the
 * transport any content: a handler puts its own format together with them.
 */
@NullMarked
package dev.weir.http.internal;

import org.jspecify.annotations.NullMarked;
