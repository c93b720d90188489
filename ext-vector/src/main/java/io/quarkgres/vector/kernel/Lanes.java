package io.quarkgres.vector.kernel;

import java.lang.reflect.InvocationTargetException;
import jdk.incubator.vector.FloatVector;

/**
 * Whether kernels can use the Vector API, decided once. A process that was started without its
 * module gets it now: named at the start, an incubator module would keep the JVM from taking linked
 * classes out of its cache. That needs {@code Add-Exports: java.base/jdk.internal.module} in the
 * manifest of the application, or the same option. Thread: any.
 */
final class Lanes {
  /** The system property that, set to {@code plain}, leaves the Vector API out. */
  private static final String PROPERTY = "quarkgres.vector.kernels";

  private static final String MODULE = "jdk.incubator.vector";
  private static final System.Logger LOG = System.getLogger(Lanes.class.getName());

  /** Whether the process has the Vector API and the processor eight lanes of floats. */
  static final boolean ARE_THERE = find();

  private Lanes() {}

  private static boolean find() {
    boolean found =
        !"plain".equals(System.getProperty(PROPERTY)) && hasModule() && Preferred.isEight();
    LOG.log(
        System.Logger.Level.INFO,
        found ? "distances use the Vector API" : "distances use plain loops");
    return found;
  }

  private static boolean hasModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent() || load();
  }

  /** Does what the JVM itself does when it needs a module of the JDK after the start. */
  private static boolean load() {
    String owner = "jdk.internal.module";
    if (!Object.class.getModule().isExported(owner, Lanes.class.getModule())) {
      return false;
    }
    try {
      Class.forName(owner + ".Modules").getMethod("loadModule", String.class).invoke(null, MODULE);
      return true;
    } catch (ReflectiveOperationException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      LOG.log(System.Logger.Level.WARNING, "the module " + MODULE + " cannot be loaded", cause);
      return false;
    }
  }

  /** Loaded only when the module is there. */
  private static final class Preferred {
    static boolean isEight() {
      return FloatVector.SPECIES_PREFERRED.length() >= Kernel.LANES;
    }
  }
}
