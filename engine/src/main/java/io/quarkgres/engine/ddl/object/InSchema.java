package io.quarkgres.engine.ddl.object;

import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.DerivedType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;

/** An extension's objects as they are in the schema it was created in. Thread: any. */
final class InSchema {
  private InSchema() {}

  static SqlType type(SqlType type, String schema) {
    return type.info().schema().equals(schema) ? type : new MovedType(type, moved(type, schema));
  }

  private static TypeInfo moved(SqlType type, String schema) {
    TypeInfo i = type.info();
    return new TypeInfo(
        i.oid(),
        schema,
        i.name(),
        i.sqlName(),
        i.typlen(),
        i.kind(),
        i.category(),
        i.preferred(),
        i.element(),
        i.array(),
        i.delimiter());
  }

  static FunctionDef function(FunctionDef f, String schema) {
    return new FunctionDef(
        f.oid(),
        schema,
        f.name(),
        f.kind(),
        f.argumentTypes(),
        f.argumentNames(),
        f.defaults(),
        f.variadicElement(),
        f.returnType(),
        f.returnsSet(),
        f.strict(),
        f.volatility(),
        f.outNames(),
        f.outTypes(),
        f.kernel());
  }

  static OperatorDef operator(OperatorDef o, String schema) {
    return new OperatorDef(
        o.oid(),
        schema,
        o.name(),
        o.left(),
        o.right(),
        o.result(),
        o.function(),
        o.commutator(),
        o.negator());
  }

  /** A type that lives in another schema than its extension says. */
  private record MovedType(SqlType original, TypeInfo info) implements DerivedType {
    @Override
    public void parse(
        byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
      original.parse(text, start, length, typmod, out, context);
    }

    @Override
    public void receive(
        byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
      original.receive(bytes, start, length, typmod, out, context);
    }

    @Override
    public int typmodIn(String[] arguments, int position) {
      return original.typmodIn(arguments, position);
    }

    @Override
    public String typmodOut(int typmod) {
      return original.typmodOut(typmod);
    }

    @Override
    public void coerceLength(
        Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
      original.coerceLength(column, position, typmod, explicit, out);
    }

    @Override
    public boolean coercesLength(int typmod) {
      return original.coercesLength(typmod);
    }
  }
}
