/**
 * Who is measured: {@link dev.weir.benchmarks.peer.Peer} lists them, a {@link dev.weir.benchmarks.peer.Configuration}
 * sets each up by its own manual, a {@link dev.weir.benchmarks.peer.Backend} starts and stops it inside its process.
 */
@NullMarked
package dev.weir.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
