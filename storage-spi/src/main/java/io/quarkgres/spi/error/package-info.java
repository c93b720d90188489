/**
 * Errors as every layer raises them and the wire reports them.
 *
 * <p>Read {@link io.quarkgres.spi.error.SqlException} first. In: a condition and PostgreSQL's
 * wording. Out: the fields of an ErrorResponse. Any thread; all values are immutable. The package
 * words nothing itself: each stage has a factory of its own messages.
 */
package io.quarkgres.spi.error;
