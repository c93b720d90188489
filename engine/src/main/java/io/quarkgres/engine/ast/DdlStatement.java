package io.quarkgres.engine.ast;

/** The statements that change the catalog, by what they are about. */
public sealed interface DdlStatement extends Statement
    permits TableStatement,
        IndexStatement,
        RelationStatement,
        ObjectStatement,
        DatabaseStatement,
        RoutineStatement,
        RoleStatement {}
