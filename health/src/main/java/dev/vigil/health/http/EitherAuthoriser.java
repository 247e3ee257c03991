package dev.vigil.health.http;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two ways in. */
record EitherAuthoriser(Authoriser first, Authoriser second) implements Authoriser {

  EitherAuthoriser {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "other");
  }

  @Override
  public Verdict judge(HealthRequest request) {
    Verdict one = first.judge(request);
    if (one == Verdict.GRANTED) {
      return one;
    }
    Verdict other = second.judge(request);
    return other == Verdict.NONE ? one : other;
  }

  /** Both challenges in one header, which the standard allows. */
  @Override
  public Optional<String> challenge() {
    String both =
        Stream.of(first, second)
            .flatMap(one -> one.challenge().stream())
            .collect(Collectors.joining(", "));
    return both.isEmpty() ? Optional.empty() : Optional.of(both);
  }
}
