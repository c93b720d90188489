package io.quarkgres.engine.type;

/**
 * A column of a result as the client sees it. Thread: any.
 *
 * @param name its name
 * @param tableOid the oid of the table it comes from unchanged, 0 otherwise
 * @param tableColumn the number (from 1) in that table, 0 otherwise
 */
public record ResultColumn(String name, SqlType type, int typmod, int tableOid, int tableColumn) {}
