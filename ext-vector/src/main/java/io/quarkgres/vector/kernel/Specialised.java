package io.quarkgres.vector.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.EnumMap;
import java.util.Map;

/**
 * Makes a kernel for one sum from the loops for all: a class of its own, in which what the sum is
 * made of are constants. The compiler then drops what the sum does not need, and one class's
 * profile does not spoil another's. Thread: any.
 */
final class Specialised {
  private Specialised() {}

  /**
   * Makes an instance of a copy of a class of this package, which finds the sum by {@link #sum}.
   */
  static <K> K of(Class<K> type, String template, Sum sum) {
    try (InputStream in = Specialised.class.getResourceAsStream(template + ".class")) {
      MethodHandles.Lookup copy =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), sum, true);
      Object made =
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)).invoke();
      return type.cast(made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the kernels for all sums, with lanes where they are there. */
  static <K> Map<Sum, K> fastest(Class<K> type, String lanes, String plain) {
    Map<Sum, K> result = new EnumMap<>(Sum.class);
    for (Sum sum : Sum.values()) {
      result.put(sum, of(type, Lanes.ARE_THERE ? lanes : plain, sum));
    }
    return result;
  }

  /** Returns the sum that the class of a lookup was made for. */
  static Sum sum(MethodHandles.Lookup copy) {
    try {
      return MethodHandles.classData(copy, "_", Sum.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
