package io.quarkgres.engine.catalog.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.builtin.BuiltinFunctions;
import io.quarkgres.engine.function.kernel.KernelTable;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogFunctionsTest {
  @Test
  void everyKernelBelongsToAFunction() {
    KernelTable[] table = new KernelTable[1];
    FunctionRegistry registry =
        BuiltinFunctions.registry(kernels -> {
          CatalogFunctions.register(kernels);
          table[0] = kernels;
        });
    Set<Object> bound = new HashSet<>();
    for (FunctionDef function : registry.allFunctions()) {
      bound.add(function.kernel());
    }
    KernelTable own = new KernelTable();
    CatalogFunctions.register(own);
    for (String key : own.keys()) {
      assertThat(bound).as(key).contains(table[0].kernel(key));
    }
  }

  @Test
  void sizesAreRoundedAsPostgresDoes() {
    assertThat(SizeFunctions.pretty(10_239)).isEqualTo("10239 bytes");
    assertThat(SizeFunctions.pretty(10_240)).isEqualTo("10 kB");
    assertThat(SizeFunctions.pretty(123_456_789)).isEqualTo("118 MB");
    assertThat(SizeFunctions.pretty(-123_456_789_012L)).isEqualTo("-115 GB");
    assertThat(SizeFunctions.pretty(Long.MAX_VALUE)).isEqualTo("8192 PB");
  }
}
