package io.quarkgres.engine.ast;

/** Any SQL statement. */
public sealed interface Statement permits Query, DmlStatement, DdlStatement, UtilityStatement {}
