package io.quarkgres.engine.parse;

import io.quarkgres.engine.parse.lex.Tokens;

/** The parsers of one query string, which share its tokens and call each other. Thread: one. */
final class Grammar {
  final Tokens tokens;
  final NameParser names;
  final TypeParser types;
  final ExpressionParser expressions;
  final PrimaryParser primaries;
  final CallParser calls;
  final SpecialCallParser specialCalls;
  final WindowParser windows;
  final SelectParser selects;
  final WithParser withs;
  final FromParser froms;
  final DmlParser dml;
  final MergeParser merges;
  final OptionParser options;
  final ConstraintParser constraints;
  final ColumnParser columns;
  final TableParser tables;
  final PartitionParser partitions;
  final AlterTableParser alterTables;
  final AlterColumnParser alterColumns;
  final IndexParser indexes;
  final SequenceParser sequences;
  final ViewParser views;
  final SchemaParser schemas;
  final UserTypeParser userTypes;
  final RoutineParser routines;
  final TriggerParser triggers;
  final RoleParser roles;
  final GrantParser grants;
  final ObjectParser objects;
  final CreateParser creates;
  final AlterParser alters;
  final TransactionParser transactions;
  final SettingParser settings;
  final PreparedParser prepared;
  final CopyParser copies;
  final MaintenanceParser maintenance;
  final StatementParser statements;

  Grammar(Tokens tokens) {
    this.tokens = tokens;
    this.names = new NameParser(this);
    this.types = new TypeParser(this);
    this.expressions = new ExpressionParser(this);
    this.primaries = new PrimaryParser(this);
    this.calls = new CallParser(this);
    this.specialCalls = new SpecialCallParser(this);
    this.windows = new WindowParser(this);
    this.selects = new SelectParser(this);
    this.withs = new WithParser(this);
    this.froms = new FromParser(this);
    this.dml = new DmlParser(this);
    this.merges = new MergeParser(this);
    this.options = new OptionParser(this);
    this.constraints = new ConstraintParser(this);
    this.columns = new ColumnParser(this);
    this.tables = new TableParser(this);
    this.partitions = new PartitionParser(this);
    this.alterTables = new AlterTableParser(this);
    this.alterColumns = new AlterColumnParser(this);
    this.indexes = new IndexParser(this);
    this.sequences = new SequenceParser(this);
    this.views = new ViewParser(this);
    this.schemas = new SchemaParser(this);
    this.userTypes = new UserTypeParser(this);
    this.routines = new RoutineParser(this);
    this.triggers = new TriggerParser(this);
    this.roles = new RoleParser(this);
    this.grants = new GrantParser(this);
    this.objects = new ObjectParser(this);
    this.creates = new CreateParser(this);
    this.alters = new AlterParser(this);
    this.transactions = new TransactionParser(this);
    this.settings = new SettingParser(this);
    this.prepared = new PreparedParser(this);
    this.copies = new CopyParser(this);
    this.maintenance = new MaintenanceParser(this);
    this.statements = new StatementParser(this);
  }
}
