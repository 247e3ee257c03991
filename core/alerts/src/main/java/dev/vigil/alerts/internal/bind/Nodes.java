package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Function;
import dev.vigil.alerts.internal.text.Operator;
import dev.vigil.metrics.windows.Reading;
import java.util.List;

/** What trees of evaluators are made of. */
final class Nodes {

  private Nodes() {}

  record Constant(double value) implements Node {
    @Override
    public boolean constant() {
      return true;
    }
  }

  /**
   * A series' reading.
   *
   * @param gauge whether a NaN is what the meter says, rather than a window without snapshots
   */
  record Read(Reading reading, boolean gauge) implements Node {
    @Override
    public double value() {
      return reading.value();
    }

    @Override
    public boolean present() {
      return gauge || !Double.isNaN(reading.value());
    }
  }

  record Negative(Node of) implements Node {
    @Override
    public double value() {
      return -of.value();
    }

    @Override
    public boolean present() {
      return of.present();
    }
  }

  record Arithmetic(Operator operator, Node left, Node right) implements Node {
    @Override
    public double value() {
      double a = left.value();
      double b = right.value();
      return switch (operator) {
        case ADD -> a + b;
        case SUBTRACT -> a - b;
        case MULTIPLY -> a * b;
        case DIVIDE -> a / b;
        default -> throw new IllegalStateException(operator + " calculates nothing");
      };
    }

    @Override
    public boolean present() {
      return left.present() && right.present();
    }
  }

  /** Compares exactly, without tolerance, as Prometheus does. */
  record Comparison(Operator operator, Node left, Node right) implements Node {
    @Override
    public double value() {
      double a = left.value();
      double b = right.value();
      if (Double.isNaN(a) || Double.isNaN(b)) {
        boolean differ = operator == Operator.NOT_EQUAL && left.present() && right.present();
        return differ ? 1 : Double.NaN;
      }
      return holds(a, b) ? 1 : 0;
    }

    @SuppressWarnings("FloatingPointEquality") // the rule's own ==
    private boolean holds(double a, double b) {
      return switch (operator) {
        case GREATER -> a > b;
        case LESS -> a < b;
        case AT_LEAST -> a >= b;
        case AT_MOST -> a <= b;
        case EQUAL -> a == b;
        case NOT_EQUAL -> a != b;
        default -> throw new IllegalStateException(operator + " compares nothing");
      };
    }

    @Override
    public double shown() {
      return left.constant() ? right.value() : left.value();
    }
  }

  /** False and missing is false. */
  record And(Node left, Node right) implements Node {
    @Override
    public double value() {
      double a = left.value();
      double b = right.value();
      return a == 0 || b == 0 ? 0 : a + b == 2 ? 1 : Double.NaN;
    }

    @Override
    public double shown() {
      return left.shown();
    }
  }

  /** True or missing is true. */
  record Or(Node left, Node right) implements Node {
    @Override
    public double value() {
      double a = left.value();
      double b = right.value();
      return a == 1 || b == 1 ? 1 : a + b == 0 ? 0 : Double.NaN;
    }

    @Override
    public double shown() {
      boolean second = left == MISSING || (left.value() != 1 && right.value() == 1);
      return second ? right.shown() : left.shown();
    }
  }

  /** Not missing is missing. */
  record Not(Node of) implements Node {
    @Override
    public double value() {
      return 1 - of.value();
    }

    @Override
    public double shown() {
      return of.shown();
    }
  }

  /** {@code abs}, {@code round}, {@code clamp} and {@code mod}. */
  record Calculation(Function function, List<Node> of) implements Node {
    @Override
    public double value() {
      double a = of.get(0).value();
      return switch (function) {
        case ABS -> Math.abs(a);
        // As Prometheus: halves up. Not Math.round, which makes NaN 0 and stops at 2^63.
        case ROUND -> Math.floor(a + 0.5);
        case CLAMP -> Math.max(of.get(1).value(), Math.min(of.get(2).value(), a));
        case MOD -> a % of.get(1).value();
        default -> throw new IllegalStateException(function + " calculates nothing");
      };
    }

    @Override
    public boolean present() {
      for (int i = 0; i < of.size(); i++) {
        if (!of.get(i).present()) {
          return false;
        }
      }
      return true;
    }
  }

  /** Across label sets; those without a value do not count. */
  record Aggregate(Function function, List<Node> of) implements Node {
    @Override
    public double value() {
      double sum = 0;
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      int count = 0;
      // By index: an iterator is an object, and this runs at every evaluation.
      for (int i = 0; i < of.size(); i++) {
        double value = of.get(i).value();
        if (!Double.isNaN(value)) {
          sum += value;
          least = Math.min(least, value);
          most = Math.max(most, value);
          count++;
        }
      }
      if (count == 0) {
        return Double.NaN;
      }
      return switch (function) {
        case SUM -> sum;
        case MIN -> least;
        case MAX -> most;
        case AVG -> sum / count;
        case COUNT -> count;
        default -> throw new IllegalStateException(function + " joins no label sets");
      };
    }
  }

  /** Holds where none of the parts has a value. */
  record Absent(List<Node> of) implements Node {
    @Override
    public double value() {
      for (int i = 0; i < of.size(); i++) {
        if (!Double.isNaN(of.get(i).value())) {
          return 0;
        }
      }
      return 1;
    }
  }

  /** A health check's gauge: 0, 1, 2, or NaN before the first result. */
  record Health(Node gauge, Expr.State state, boolean equal) implements Node {
    @Override
    public double value() {
      double now = gauge.value();
      boolean is =
          switch (state) {
            case HEALTHY -> now == 0;
            case DEGRADED -> now == 1;
            case UNHEALTHY -> now == 2;
            case UNKNOWN -> Double.isNaN(now);
          };
      return is == equal ? 1 : 0;
    }

    @Override
    public double shown() {
      return gauge.value();
    }
  }

  /** No value while it would tell of too few events. */
  record Guarded(Node of, Node count, double least) implements Node {
    @Override
    public double value() {
      return count.value() >= least ? of.value() : Double.NaN;
    }

    @Override
    public boolean present() {
      return count.value() >= least && of.present();
    }
  }

  /** Zero where nothing has been counted under some tags, but something under others. */
  record ZeroIfMissing(Node of) implements Node {
    @Override
    public double value() {
      double value = of.value();
      return Double.isNaN(value) ? 0 : value;
    }
  }
}
