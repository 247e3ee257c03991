package dev.vigil.health.internal.reading;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a body says, gathered while it is read. Said twice, the worse counts. Not thread-safe. */
public final class Reading {

  private final List<WrongCheck> wrong = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Status> statuses = new ArrayList<>();
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
    names.add(name);
    statuses.add(status);
    if (status != Status.HEALTHY) {
      wrong.add(new WrongCheck(name, word, why));
    }
  }

  /** The overall status, else the worst of the checks, or null for a body in no known format. */
  public @Nullable Status status() {
    return overall == null ? worstCheck : overall;
  }

  /** The overall word if no format has it. */
  public @Nullable String strangeWord() {
    return strangeWord;
  }

  public @Nullable String reason() {
    return reason;
  }

  public List<WrongCheck> wrong() {
    return wrong;
  }

  /**
   * The worst status of the checks with a name, or null where there is none. A name also means what
   * health+json measures of it, {@code name:time}, and what Actuator nests in it, {@code
   * name/part}.
   */
  public @Nullable Status of(String name) {
    Status worst = null;
    for (int i = 0; i < names.size(); i++) {
      worst = means(name, names.get(i)) ? statuses.get(i).worst(worst) : worst;
    }
    return worst;
  }

  /** Whether a name is that of a check, or of a part of it. */
  public static boolean means(String check, String name) {
    int length = check.length();
    return name.startsWith(check)
        && (name.length() == length || name.charAt(length) == ':' || name.charAt(length) == '/');
  }
}
