package dev.vigil.metrics.windows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The corner cases of Prometheus's bucketQuantile and quantile. */
class QuantilesTest {

  private static final double[] BOUNDS = {1, 2, 4};

  @Test
  void isLinearInsideABucket() {
    assertThat(Quantiles.ofBuckets(0.5, BOUNDS, new long[] {0, 10, 0, 0})).isEqualTo(1.5);
    assertThat(Quantiles.ofBuckets(0.5, BOUNDS, new long[] {10, 0, 0, 0})).isEqualTo(0.5);
    assertThat(Quantiles.ofBuckets(1, BOUNDS, new long[] {0, 0, 4, 0})).isEqualTo(4);
  }

  @Test
  void isTheHighestBoundWhereItLiesAboveAll() {
    assertThat(Quantiles.ofBuckets(0.9, BOUNDS, new long[] {1, 0, 0, 9})).isEqualTo(4);
  }

  @Test
  void isMissingWithoutEventsOrBounds() {
    assertThat(Quantiles.ofBuckets(0.9, BOUNDS, new long[4])).isNaN();
    assertThat(Quantiles.ofBuckets(0.9, new double[0], new long[] {5})).isNaN();
    assertThat(Quantiles.ofSamples(0.9, new double[3], 0)).isNaN();
  }

  @Test
  void startsBelowZeroWhereTheBoundsDo() {
    assertThat(Quantiles.ofBuckets(0.5, new double[] {-2, 3}, new long[] {10, 0, 0})).isEqualTo(-2);
    assertThat(Quantiles.ofBuckets(0, BOUNDS, new long[] {0, 10, 0, 0})).isZero();
  }

  @Test
  void liesBetweenTheTwoNearestSamples() {
    double[] sorted = {1, 2, 10, Double.POSITIVE_INFINITY};

    assertThat(Quantiles.ofSamples(0, sorted, 3)).isEqualTo(1);
    assertThat(Quantiles.ofSamples(0.75, sorted, 3)).isEqualTo(6);
    assertThat(Quantiles.ofSamples(1, sorted, 3)).isEqualTo(10);
    assertThat(Quantiles.ofSamples(2.0 / 3, sorted, 4)).isEqualTo(10);
  }
}
