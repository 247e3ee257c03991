package dev.vigil.health.probe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a body says, gathered while it is read. Said twice, the worse counts. Not thread-safe. */
final class Reading {

  private final List<WrongCheck> wrong = new ArrayList<>();
  private @Nullable Status overall;
  private @Nullable Status worstCheck;
  private @Nullable String strangeWord;
  private @Nullable String reason;

  void overall(String word) {
    if (Status.of(word) == null) {
      strangeWord = word;
    }
    overall = Status.ofAny(word).worst(overall);
  }

  /** Why the whole is as it is, such as a drain. */
  void reason(String text) {
    reason = text.isBlank() ? null : text;
  }

  void check(String name, String word, @Nullable String why) {
    Status status = Status.ofAny(word);
    worstCheck = status.worst(worstCheck);
    if (status != Status.HEALTHY) {
      wrong.add(new WrongCheck(name, word, why));
    }
  }

  /** The overall status, else the worst of the checks, or null for a body in no known format. */
  @Nullable Status status() {
    return overall == null ? worstCheck : overall;
  }

  /** The overall word if no format has it. */
  @Nullable String strangeWord() {
    return strangeWord;
  }

  @Nullable String reason() {
    return reason;
  }

  List<WrongCheck> wrong() {
    return wrong;
  }
}
