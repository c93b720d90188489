package io.quarkgres.engine.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.function.AggregateKernel;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.SetKernel;
import io.quarkgres.engine.function.WindowKernel;
import org.junit.jupiter.api.Test;

class BuiltinFunctionsTest {
  private final FunctionRegistry registry = BuiltinFunctions.registry();

  @Test
  void everyKernelBelongsToACatalogRow() {
    assertThat(CatalogTables.kernelKeys()).containsAll(BuiltinFunctions.kernels().keys());
  }

  @Test
  void kernelsHaveTheShapeOfTheirRow() {
    for (FunctionDef function : registry.allFunctions()) {
      if (function.kernel() == null) {
        continue;
      }
      Class<?> shape =
          switch (function.kind()) {
            case AGGREGATE -> AggregateKernel.class;
            case WINDOW -> WindowKernel.class;
            case SCALAR, PROCEDURE -> function.returnsSet() ? SetKernel.class : ScalarKernel.class;
          };
      assertThat(function.kernel()).as(function.name()).isInstanceOf(shape);
    }
  }

  @Test
  void rowsAreThoseOfPostgres() {
    FunctionDef length = registry.function(1317);
    assertThat(length.name()).isEqualTo("length");
    assertThat(length.strict()).isTrue();
    assertThat(length.argumentTypes()).containsExactly(25);
    assertThat(registry.operator(96).function()).isEqualTo(65);
    assertThat(registry.cast(23, 20).function()).isEqualTo(481);
    assertThat(registry.functions("jsonb_set").getFirst().oid())
        .satisfies(oid -> assertThat(registry.defaults(oid)).containsExactly("true"));
    assertThat(registry.functions("percentile_cont"))
        .allSatisfy(f -> assertThat(registry.aggregate(f.oid()).directArguments()).isEqualTo(1))
        .allSatisfy(f -> assertThat(f.kind()).isEqualTo(FunctionKind.AGGREGATE));
    assertThat(registry.functions("_pg_expandarray").getFirst().outNames())
        .containsExactly("x", "n");
  }
}
