package dev.vigil.spring;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads {@code vigil.*}, and goes on after what is wrong, so that one start tells all of it. Boot's
 * own binding ends at the first fault, and passes over names that it does not know.
 */
final class PropertyReader {

  private static final ConfigurationPropertyName ROOT =
      ConfigurationPropertyName.of(VigilProperties.PREFIX);

  /** Where a name is as likely somebody else's: VIGIL_HOME, -Dvigil.test. Boot spares them too. */
  private static final Set<String> LOOSE =
      Set.of(
          StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
          StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

  private final Environment environment;
  private final PropertyFaults faults;

  PropertyReader(Environment environment, PropertyFaults faults) {
    this.environment = environment;
    this.faults = faults;
  }

  VigilProperties read() {
    reportUnknown();
    return Binder.get(environment)
        .bindOrCreate(ROOT, Bindable.of(VigilProperties.class), new Collecting());
  }

  /** Whether there is a property of that name, or below it. */
  static boolean isSet(Environment environment, String name) {
    ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source.getConfigurationProperty(wanted) != null
          || source.containsDescendantOf(wanted) == ConfigurationPropertyState.PRESENT) {
        return true;
      }
    }
    return false;
  }

  private void reportUnknown() {
    KnownProperties known = new KnownProperties(VigilProperties.PREFIX, VigilProperties.class);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource names && !isLoose(source)) {
        names.stream()
            .filter(name -> ROOT.isAncestorOf(name) && !known.contains(name))
            .forEach(name -> unknown(name, known, source.getConfigurationProperty(name)));
      }
    }
  }

  private static boolean isLoose(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof PropertySource<?> underlying
        && LOOSE.contains(underlying.getName());
  }

  private void unknown(
      ConfigurationPropertyName name,
      KnownProperties known,
      @Nullable ConfigurationProperty property) {
    Optional<String> near = known.nearest(name);
    faults.add(
        name.toString(),
        "is not a property" + near.map(it -> "; did you mean " + it + "?").orElse(""),
        property == null ? null : property.getOrigin());
  }

  /** Notes each fault and has the default take the place of the value. */
  private final class Collecting implements BindHandler {

    @Override
    public @Nullable Object onSuccess(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
      PropertyRange range = PropertyRange.of(target);
      if (range.holds(result)) {
        return result;
      }
      refuse(name, result, range, context);
      return null;
    }

    @Override
    public @Nullable Object onFailure(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
      ConfigurationProperty property = context.getConfigurationProperty();
      Object came = property == null ? null : property.getValue();
      if (came == null) {
        faults.add(name.toString(), "cannot be read: " + rootMessage(error), null);
      } else {
        refuse(name, came, PropertyRange.of(target), context);
      }
      return null;
    }

    private void refuse(
        ConfigurationPropertyName name, Object came, PropertyRange range, BindContext context) {
      ConfigurationProperty property = context.getConfigurationProperty();
      Object shown = property == null || property.getValue() == null ? came : property.getValue();
      faults.refuse(
          name.toString(), shown, range.words(), property == null ? null : property.getOrigin());
    }

    private static String rootMessage(Throwable failure) {
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return String.valueOf(root.getMessage());
    }
  }
}
