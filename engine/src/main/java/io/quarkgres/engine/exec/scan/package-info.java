/**
 * Where rows come from: tables, indexes, the nearest vectors, system views, VALUES and functions.
 *
 * <p>Read {@code TableScanOperator} first. In: a scan of the plan, with its filter compiled. Out:
 * blocks of the columns that are asked for. {@code IndexRanges} computes the keys that an index is
 * searched for, {@code ZoneRanges} what a table scan may skip, {@code SharedScan} deals a table out
 * to several workers. {@code NearestScanOperator} chooses between ways to the nearest rows by what
 * {@code FilterSample}, {@code FilterIndex} and {@code NearestCosts} tell, {@code PassingRows} is
 * for one of them. {@link io.quarkgres.engine.exec.scan.IndexSpecs} tells a storage how an index is
 * ordered, which CREATE INDEX needs too.
 *
 * <p>Used by the statement's thread, a {@code SharedScan} by several. Invariant: what a scan yields
 * passes its whole filter, whatever an index or a zone map has left out before.
 */
package io.quarkgres.engine.exec.scan;
