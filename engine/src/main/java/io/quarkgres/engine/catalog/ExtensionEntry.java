package io.quarkgres.engine.catalog;

/** A created extension. Thread: any. */
public record ExtensionEntry(int oid, String name, int schemaOid, String version, int owner) {}
