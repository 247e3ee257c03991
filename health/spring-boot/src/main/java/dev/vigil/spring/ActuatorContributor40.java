package dev.vigil.spring;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.function.SingletonSupplier;

/** Our checks as one contributor of Boot 4.0, nested: {@code vigil}, and below it each by name. */
final class ActuatorContributor40 implements CompositeHealthContributor {

  private final ActuatorView view;

  ActuatorContributor40(ActuatorView view) {
    this.view = view;
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return view.names().contains(name) ? indicator(() -> view.one(name)) : null;
  }

  @Override
  public Stream<HealthContributors.Entry> stream() {
    Supplier<Map<String, Indicated>> all = SingletonSupplier.of(view::all);
    return view.names().stream()
        .map(
            name ->
                new HealthContributors.Entry(
                    name,
                    indicator(
                        () -> {
                          Indicated known = all.get().get(name);
                          return known == null ? view.one(name) : known;
                        })));
  }

  private static HealthIndicator indicator(Supplier<Indicated> check) {
    return () -> {
      Indicated indicated = check.get();
      return Health.status(indicated.status()).withDetails(indicated.details()).build();
    };
  }
}
