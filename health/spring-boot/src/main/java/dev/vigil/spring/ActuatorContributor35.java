package dev.vigil.spring;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.util.function.SingletonSupplier;

/** Our checks as one contributor of Boot 3.5, nested: {@code vigil}, and below it each by name. */
final class ActuatorContributor35 implements CompositeHealthContributor {

  private final ActuatorView view;

  ActuatorContributor35(ActuatorView view) {
    this.view = view;
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return view.names().contains(name) ? indicator(() -> view.one(name)) : null;
  }

  @Override
  public Iterator<NamedContributor<HealthContributor>> iterator() {
    Supplier<Map<String, Indicated>> all = SingletonSupplier.of(view::all);
    return view.names().stream()
        .map(
            name ->
                NamedContributor.<HealthContributor>of(
                    name,
                    indicator(
                        () -> {
                          Indicated known = all.get().get(name);
                          return known == null ? view.one(name) : known;
                        })))
        .iterator();
  }

  private static HealthIndicator indicator(Supplier<Indicated> check) {
    return () -> {
      Indicated indicated = check.get();
      return Health.status(indicated.status()).withDetails(indicated.details()).build();
    };
  }
}
