package io.quarkgres.engine.type;

/**
 * The identity of a type, as {@code pg_type} shows it. Thread: any.
 *
 * @param oid {@code pg_type.oid}
 * @param schema the schema's name, {@code pg_catalog} for built-in types
 * @param name {@code typname}
 * @param sqlName what {@code format_type} prints, such as {@code timestamp with time zone}
 * @param typlen {@code typlen}
 * @param kind {@code typtype}: b, c, d, e, p, r, m
 * @param category {@code typcategory}
 * @param preferred {@code typispreferred}
 * @param element {@code typelem}: an array's element type, 0 if none
 * @param array {@code typarray}: the array type over this one, 0 if none
 * @param delimiter {@code typdelim}
 */
public record TypeInfo(
    int oid,
    String schema,
    String name,
    String sqlName,
    int typlen,
    char kind,
    char category,
    boolean preferred,
    int element,
    int array,
    char delimiter) {}
