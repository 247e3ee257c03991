package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** What one leader sends together, and the answers. */
final class Batch {

  /**
   * How many operations may be without an answer: some 200 KB of commands, which a socket's buffers
   * hold, so that no write waits for a server that does not read.
   */
  private static final int MOST_UNANSWERED = 2_048;

  /** A place is a batch's number and, in its low bits, an index of an operation. */
  private static final int INDEX_BITS = 24;

  private static final long INDEX = (1L << INDEX_BITS) - 1;
  private static final AtomicLong NUMBERS = new AtomicLong();

  final long tick;
  final long now;

  private final Node node;
  private final Link link;
  private final long deadline;
  private final long number = NUMBERS.incrementAndGet() << INDEX_BITS;
  private final List<Operation> operations;
  private List<Operation> next = new ArrayList<>(0);
  private @Nullable JedisDataException refusal;

  /** Futures to be completed, the last one first. */
  private @Nullable Ask told;

  Batch(Node node, Link link, long tick, long deadline, int asks) {
    this.node = node;
    this.link = link;
    this.tick = tick;
    this.deadline = deadline;
    now = node.clock.millisAt(tick);
    operations = new ArrayList<>(asks + 1);
    if (node.clock.isDue(tick)) {
      operations.add(new TimeSample(node.clock, node.ticker));
    }
  }

  /** Makes room for a question; those for single permits of one key share an increment. */
  void add(Ask ask) {
    KeyState state = ask.state;
    if (ask.kind == Ask.Kind.PEEK) {
      place(new Peek(ask, windows(state)), ask);
    } else if (state.size() == 1 && ask.permits <= 1) {
      increment(ask, state.window(0, now));
    } else {
      OpenWindow[] windows = windows(state);
      for (OpenWindow window : windows) {
        if (window.hasUnreported()) {
          place(new Increment(window), ask);
        }
      }
      if (ask.kind == Ask.Kind.TAKE) {
        place(new Script(ask, windows), ask);
      }
    }
  }

  private void increment(Ask ask, OpenWindow window) {
    long place = window.gathering();
    if ((place & ~INDEX) == number && !ask.asking) {
      ((Increment) operations.get((int) (place & INDEX))).add(ask);
      return;
    }
    Increment increment = new Increment(window);
    increment.add(ask);
    if (!ask.asking && operations.size() <= INDEX) {
      window.gathersAt(number | operations.size());
    }
    place(increment, ask);
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
  @Nullable JedisDataException exchange() {
    List<Operation> current = operations;
    int received = 0;
    try {
      while (!current.isEmpty()) {
        received = 0;
        while (received < current.size()) {
          int end = Math.min(current.size(), received + MOST_UNANSWERED);
          for (int i = received; i < end; i++) {
            current.get(i).send(this);
          }
          for (; received < end; received++) {
            current.get(received).receive(this);
          }
          complete();
        }
        current = next;
        next = new ArrayList<>(0);
        received = 0;
      }
      return refusal;
    } finally {
      complete();
      // After a failure: what had no answer yet, and what was to be sent again.
      current.subList(received, current.size()).forEach(Operation::fail);
      next.forEach(Operation::fail);
    }
  }

  /**
   * Answers a question. Who waits is told now; futures are completed together, last first, since
   * whoever waits for several waits for the first of them, and is then woken once.
   */
  void tell(Ask ask, Decision decision) {
    if (ask.future == null) {
      ask.answer(decision);
    } else if (ask.settle(decision)) {
      ask.next = told;
      told = ask;
    }
  }

  private void complete() {
    Ask ask = told;
    told = null;
    while (ask != null) {
      Ask following = ask.next;
      ask.complete();
      ask = following;
    }
  }

  void send(boolean asking, ProtocolCommand command, byte[]... arguments) {
    if (asking) {
      link.send(Command.ASKING);
    }
    link.send(command, arguments);
  }

  /** The next answer, after the one to its ASKING where that was sent. */
  Object answer(boolean asking) {
    if (asking) {
      link.answer(deadline);
    }
    return link.answer(deadline);
  }

  /** Sends an operation, or once more, in a second write. */
  void again(Operation operation) {
    next.add(operation);
  }

  /** Redis answered an error: sent elsewhere where it says where, otherwise unanswered. */
  void refused(@Nullable Ask asks, @Nullable JedisDataException error) {
    if (error instanceof JedisRedirectionException redirection) {
      Ask ask = asks;
      while (ask != null) {
        Ask following = ask.next; // since it is queued elsewhere now
        node.redirect(ask, redirection);
        ask = following;
      }
      return;
    }
    refusal = error;
    failAll(asks);
  }

  static void failAll(@Nullable Ask asks) {
    Ask ask = asks;
    while (ask != null) {
      Ask following = ask.next;
      ask.answer(Ask.FAILED);
      ask = following;
    }
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
