package io.quarkgres.spi.index;

/**
 * What a user should know about an index that was just built. Thread: any.
 *
 * @param message the notice
 * @param detail what it means, or {@code null}
 * @param hint what to do about it, or {@code null}
 */
public record IndexNotice(String message, String detail, String hint) {}
