package dev.vigil.spring;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at a start that fails which {@code vigil.*} properties are wrong, and how. */
final class WrongPropertiesAnalyzer extends AbstractFailureAnalyzer<WrongPropertiesException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, WrongPropertiesException cause) {
    int count = cause.faults().size();
    String list =
        cause.faults().stream().map(fault -> "    " + fault).collect(Collectors.joining("\n"));
    return new FailureAnalysis(
        (count == 1 ? "A property of Vigil is wrong:" : count + " properties of Vigil are wrong:")
            + "\n\n"
            + list,
        "Correct " + (count == 1 ? "it" : "them") + "; nothing has been started.",
        cause);
  }
}
