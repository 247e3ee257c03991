package dev.vigil.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;

/** One load by so many callers. */
record FleetCell(Load load, Callers callers) {

  /** How many keys the random load has. */
  static final int MANY = 100_000;

  /** The key that has one permit; all others have plenty. */
  static final String OVER = "over";

  enum Load {
    HOT,
    RANDOM,
    OVER;

    String key() {
      return switch (this) {
        case HOT -> "hot";
        case RANDOM -> "k" + ThreadLocalRandom.current().nextInt(MANY);
        case OVER -> FleetCell.OVER;
      };
    }
  }

  enum Callers {
    ASYNC_8_X_64(8),
    THREADS_64(64),
    VIRTUAL_64(64),
    THREADS_8(8),
    THREADS_1(1);

    /** How many decisions a caller of the asynchronous kind keeps in flight. */
    static final int IN_FLIGHT = 64;

    final int threads;

    Callers(int threads) {
      this.threads = threads;
    }

    boolean isAsync() {
      return this == ASYNC_8_X_64;
    }

    /** Virtual threads by reflection, since the project's byte code is Java 17's. */
    ThreadFactory factory() throws ReflectiveOperationException {
      if (this != VIRTUAL_64) {
        return Thread::new;
      }
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }
  }

  static List<FleetCell> all() {
    List<FleetCell> cells = new ArrayList<>();
    for (Load load : Load.values()) {
      for (Callers callers : Callers.values()) {
        if (callers != Callers.VIRTUAL_64 || Runtime.version().feature() >= 21) {
          cells.add(new FleetCell(load, callers));
        }
      }
    }
    return cells;
  }

  @Override
  public String toString() {
    return (load + " " + callers).toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
