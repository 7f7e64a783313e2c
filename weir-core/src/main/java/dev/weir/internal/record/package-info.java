/**
 * The record's bytes: layout, encoding, reading back.
 */
@NullMarked
package dev.weir.internal.record;

import org.jspecify.annotations.NullMarked;
