package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** What one leader sends in one write and reads in one go. */
final class Batch {

  final long tick;
  final long now;

  private final Node node;
  private final Link link;
  private final List<Operation> operations = new ArrayList<>();
  private List<Operation> next = new ArrayList<>(0);
  private @Nullable JedisDataException refusal;

  Batch(Node node, Link link, long tick) {
    this.node = node;
    this.link = link;
    this.tick = tick;
    now = node.clock.millisAt(tick);
    if (node.clock.isDue(tick)) {
      operations.add(new TimeSample(node.clock, node.ticker));
    }
  }

  /** Makes room for a question; those for single permits of one key share an increment. */
  void add(Ask ask) {
    KeyState state = ask.state;
    boolean single = state.size() == 1;
    if (ask.kind == Ask.Kind.PEEK) {
      place(new Peek(ask, windows(state)), ask);
    } else if (single && ask.permits <= 1) {
      OpenWindow window = state.window(0, now);
      Increment gathering = window.gathering;
      if (gathering == null || gathering.batch != this || ask.asking) {
        gathering = new Increment(this, window);
        place(gathering, ask);
        window.gathering = ask.asking ? null : gathering;
      }
      gathering.add(ask);
    } else {
      OpenWindow[] windows = windows(state);
      for (OpenWindow window : windows) {
        if (window.count.hasUnreported()) {
          place(new Increment(this, window), ask);
        }
      }
      if (ask.kind == Ask.Kind.TAKE) {
        place(new Script(ask, windows), ask);
      }
    }
  }

  private void place(Operation operation, Ask ask) {
    operation.asking = ask.asking;
    operations.add(operation);
  }

  private OpenWindow[] windows(KeyState state) {
    OpenWindow[] windows = new OpenWindow[state.size()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = state.window(i, now);
    }
    return windows;
  }

  /**
   * Sends everything, and what the answers ask for; settles every question.
   *
   * @return what Redis refused, where it did
   */
  @Nullable JedisDataException exchange(long deadline) {
    List<Operation> current = operations;
    int received = 0;
    try {
      while (!current.isEmpty()) {
        List<List<Object>> answers = round(current, deadline);
        for (received = 0; received < current.size(); received++) {
          current.get(received).receive(this, answers.get(received));
        }
        current = next;
        next = new ArrayList<>(0);
        received = 0;
      }
      return refusal;
    } finally {
      // After a failure: what had no answer yet, and what was to be sent again.
      current.subList(received, current.size()).forEach(Operation::fail);
      next.forEach(Operation::fail);
    }
  }

  private List<List<Object>> round(List<Operation> current, long deadline) {
    int[] expected = new int[current.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = current.get(i).send(this);
    }
    List<Object> answers = link.answers(deadline);
    List<List<Object>> shares = new ArrayList<>(expected.length);
    int at = 0;
    for (int i = 0; i < expected.length; i++) {
      if (current.get(i).asking) {
        List<Object> own = new ArrayList<>(expected[i]);
        for (int j = 0; j < expected[i]; j++) {
          own.add(answers.get(at + 2 * j + 1)); // each after the answer to its ASKING
        }
        shares.add(own);
        at += 2 * expected[i];
      } else {
        shares.add(answers.subList(at, at + expected[i]));
        at += expected[i];
      }
    }
    return shares;
  }

  void send(boolean asking, ProtocolCommand command, byte[]... arguments) {
    if (asking) {
      link.send(Command.ASKING);
    }
    link.send(command, arguments);
  }

  /** Sends an operation, or once more, in a second write. */
  void again(Operation operation) {
    next.add(operation);
  }

  /** Redis answered an error: sent elsewhere where it says where, otherwise unanswered. */
  void refused(List<Ask> asks, @Nullable JedisDataException error) {
    if (error instanceof JedisRedirectionException redirection) {
      asks.forEach(ask -> node.redirect(ask, redirection));
      return;
    }
    refusal = error;
    asks.forEach(ask -> ask.answer(Ask.FAILED));
  }

  Decision decision(boolean allowed, OpenWindow window, long remaining, Decision.Source source) {
    return Decision.of(allowed, window.limit, remaining, window.end, source, node.clock);
  }

  /** The key is over this limit until its window ends. */
  void remember(KeyState state, OpenWindow window) {
    if (state.denial(tick) == null) {
      Decision denial = decision(false, window, 0, Decision.Source.DENIAL_MEMORY);
      state.remember(new KeyState.Denial(denial, tick + (window.end - now) * 1_000_000));
    }
  }
}
