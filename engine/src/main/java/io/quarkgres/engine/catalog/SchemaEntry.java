package io.quarkgres.engine.catalog;

/** A schema. Thread: any. */
public record SchemaEntry(int oid, String name, int owner) {}
