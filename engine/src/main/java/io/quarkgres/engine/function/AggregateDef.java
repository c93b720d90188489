package io.quarkgres.engine.function;

/**
 * What {@code pg_aggregate} says of an aggregate beyond its {@code pg_proc} row. Thread: any.
 *
 * @param function oid of the aggregate
 * @param kind how its arguments are given
 * @param directArguments how many leading arguments are direct ones
 * @param sortOperator oid of the operator by which it is the first of the sorted values (min, max);
 *     0 for others
 */
public record AggregateDef(int function, Kind kind, int directArguments, int sortOperator) {
  /** How an aggregate is called. */
  public enum Kind {
    /** {@code f(args)}. */
    NORMAL,
    /** {@code f(direct) WITHIN GROUP (ORDER BY args)}. */
    ORDERED_SET,
    /** Like an ordered set, with the direct arguments as a hypothetical row. */
    HYPOTHETICAL_SET
  }
}
