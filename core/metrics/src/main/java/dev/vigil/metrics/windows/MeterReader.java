package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How meters of one type are read. Times are in seconds, all else in the meter's own unit. */
enum MeterReader {
  COUNTER(MeterKind.COUNTER, false) {
    @Override
    double value(Meter meter) {
      return ((Counter) meter).count();
    }
  },
  FUNCTION_COUNTER(MeterKind.COUNTER, true) {
    @Override
    double value(Meter meter) {
      return ((FunctionCounter) meter).count();
    }
  },
  TIME_GAUGE(MeterKind.GAUGE, true) {
    @Override
    double value(Meter meter) {
      return ((TimeGauge) meter).value(TimeUnit.SECONDS);
    }
  },
  GAUGE(MeterKind.GAUGE, true) {
    @Override
    double value(Meter meter) {
      return ((Gauge) meter).value();
    }
  },
  TIMER(MeterKind.TIMER, false) {
    @Override
    double value(Meter meter) {
      return ((Timer) meter).count();
    }

    @Override
    double amount(Meter meter) {
      return ((Timer) meter).totalTime(TimeUnit.SECONDS);
    }

    @Override
    double max(Meter meter) {
      return ((Timer) meter).max(TimeUnit.SECONDS);
    }
  },
  SUMMARY(MeterKind.SUMMARY, false) {
    @Override
    double value(Meter meter) {
      return ((DistributionSummary) meter).count();
    }

    @Override
    double amount(Meter meter) {
      return ((DistributionSummary) meter).totalAmount();
    }

    @Override
    double max(Meter meter) {
      return ((DistributionSummary) meter).max();
    }
  },
  FUNCTION_TIMER(MeterKind.FUNCTION_TIMER, true) {
    @Override
    double value(Meter meter) {
      return ((FunctionTimer) meter).count();
    }

    @Override
    double amount(Meter meter) {
      return ((FunctionTimer) meter).totalTime(TimeUnit.SECONDS);
    }
  },
  LONG_TASK_TIMER(MeterKind.LONG_TASK_TIMER, false) {
    @Override
    double value(Meter meter) {
      return ((LongTaskTimer) meter).max(TimeUnit.SECONDS);
    }
  },
  NONE(MeterKind.OTHER, false) {
    @Override
    double value(Meter meter) {
      return Double.NaN;
    }
  };

  private final MeterKind kind;
  private final boolean foreign;

  MeterReader(MeterKind kind, boolean foreign) {
    this.kind = kind;
    this.foreign = foreign;
  }

  /** The gauge's value, the counter's count, or how many events there were. */
  abstract double value(Meter meter);

  /** The sum of the events' amounts; NaN where there are no events. */
  double amount(Meter meter) {
    return Double.NaN;
  }

  /** The greatest amount that the meter remembers; NaN where it remembers none. */
  double max(Meter meter) {
    return Double.NaN;
  }

  MeterKind kind() {
    return kind;
  }

  /** Whether the meter sees single events, and can count them into buckets. */
  boolean buckets() {
    return this == TIMER || this == SUMMARY;
  }

  /** Whether values are in seconds, whatever the meter's unit. */
  boolean timed() {
    return switch (this) {
      case TIME_GAUGE, TIMER, FUNCTION_TIMER, LONG_TASK_TIMER -> true;
      case COUNTER, FUNCTION_COUNTER, GAUGE, SUMMARY, NONE -> false;
    };
  }

  /** Whether reading calls a function of the application's, which may throw and may block. */
  boolean foreign() {
    return foreign;
  }

  /** The reader for a meter; instances decide, since a custom meter may claim any type. */
  static MeterReader of(Meter meter) {
    if (meter instanceof Counter) {
      return COUNTER;
    }
    if (meter instanceof FunctionCounter) {
      return FUNCTION_COUNTER;
    }
    if (meter instanceof TimeGauge) {
      return TIME_GAUGE;
    }
    if (meter instanceof Gauge) {
      return GAUGE;
    }
    if (meter instanceof Timer) {
      return TIMER;
    }
    if (meter instanceof DistributionSummary) {
      return SUMMARY;
    }
    if (meter instanceof FunctionTimer) {
      return FUNCTION_TIMER;
    }
    return meter instanceof LongTaskTimer ? LONG_TASK_TIMER : NONE;
  }
}
