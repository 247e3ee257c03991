package dev.vigil.headers.servlet;

import dev.vigil.core.internal.NearestName;
import dev.vigil.core.internal.Quoted;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The init-params of web.xml, where a misspelt name is an error and not a setting that is lost. */
final class InitParameters {

  private final UnaryOperator<@Nullable String> values;

  private InitParameters(
      List<String> names, UnaryOperator<@Nullable String> values, List<String> known)
      throws ServletException {
    this.values = values;
    List<String> faults = new ArrayList<>();
    for (String name : names) {
      if (!known.contains(name)) {
        faults.add(
            "init-param "
                + Quoted.of(name)
                + " is not known; "
                + NearestName.of(name, known)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("known are " + String.join(", ", known)));
      }
    }
    if (!faults.isEmpty()) {
      throw new ServletException(String.join("; ", faults));
    }
  }

  static InitParameters of(FilterConfig config, String... known) throws ServletException {
    return new InitParameters(
        Collections.list(config.getInitParameterNames()), config::getInitParameter, List.of(known));
  }

  static InitParameters of(ServletConfig config, String... known) throws ServletException {
    return new InitParameters(
        Collections.list(config.getInitParameterNames()), config::getInitParameter, List.of(known));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.apply(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  /** Words parted by commas or white space. */
  String[] list(String name) {
    return text(name)
        .map(text -> Arrays.stream(text.split("[,\\s]+", -1)).filter(s -> !s.isEmpty()))
        .map(words -> words.toArray(String[]::new))
        .orElseGet(() -> new String[0]);
  }

  Optional<Integer> number(String name) throws ServletException {
    Optional<String> text = text(name);
    try {
      return text.map(Integer::valueOf);
    } catch (NumberFormatException e) {
      throw new ServletException(
          "init-param " + name + " must be a whole number but was " + Quoted.of(text.orElse("")),
          e);
    }
  }
}
