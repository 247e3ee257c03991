package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import java.time.InstantSource;

/** Decides by this instance's share of a key's limits while Redis is away. */
final class LocalShare {

  private LocalShare() {}

  static Decision take(KeyState state, int permits, long now, InstantSource clock) {
    int tightest = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < state.size(); i++) {
      OpenWindow window = state.window(i, now);
      int left = window.grant(permits);
      if (left < 0) {
        for (int j = 0; j < i; j++) {
          state.window(j, now).revoke(permits);
        }
        return decision(false, window, window.left(), clock);
      }
      if (left < least) {
        least = left;
        tightest = i;
      }
    }
    return decision(true, state.window(tightest, now), least, clock);
  }

  static Decision look(KeyState state, long now, InstantSource clock) {
    OpenWindow tightest = state.window(0, now);
    for (int i = 1; i < state.size(); i++) {
      OpenWindow window = state.window(i, now);
      if (window.left() <= tightest.left()) {
        tightest = window;
      }
    }
    long left = tightest.left();
    return decision(left > 0, tightest, left, clock);
  }

  private static Decision decision(
      boolean allowed, OpenWindow window, long left, InstantSource clock) {
    return Decision.of(allowed, window.limit, left, window.end, Decision.Source.LOCAL, clock);
  }
}
