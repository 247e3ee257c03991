package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.RateLimit;

/** The answer to a question that Redis did not answer. */
record WithoutRedis(WhenUnavailable answer, KeyStates states) {

  /** Nobody knows when Redis is back; a client may try again at the next full second. */
  private static final long TRY_AGAIN_MILLIS = 1_000;

  Decision decide(Ask ask) {
    Node node = ask.node();
    long now = node.clock.millis();
    return switch (answer) {
      case LOCAL -> local(ask, node, now);
      case ALLOW -> blind(true, ask, node, now);
      case DENY -> blind(false, ask, node, now);
    };
  }

  private static Decision blind(boolean allowed, Ask ask, Node node, long now) {
    RateLimit limit = ask.state.plan.limits().get(0);
    Decision.Source source = allowed ? Decision.Source.FAIL_OPEN : Decision.Source.FAIL_CLOSED;
    long again = now - now % TRY_AGAIN_MILLIS + TRY_AGAIN_MILLIS;
    return Decision.of(allowed, limit, allowed ? limit.permits() : 0, again, source, node.clock);
  }

  private Decision local(Ask ask, Node node, long now) {
    while (true) {
      KeyState state = states.forLocal(ask.key, ask.state.plan, now);
      Decision decision =
          ask.kind == Ask.Kind.PEEK
              ? LocalShare.look(state, now, node.clock)
              : LocalShare.take(state, ask.permits, now, node.clock);
      if (!state.isRetired()) {
        return decision;
      }
    }
  }
}
