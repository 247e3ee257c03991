package dev.vigil.health.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a report in one wire format. Stateless. */
interface BodyFormat {

  /**
   * Writes the whole body.
   *
   * @throws IOException never, where {@code out} is memory
   */
  void write(Rendering what, OutputStream out) throws IOException;

  /** Whoever writes the format. */
  static BodyFormat of(HealthFormat format) {
    return switch (format) {
      case NATIVE -> new NativeFormat();
      case HEALTH_JSON -> new HealthJsonFormat();
      case ACTUATOR -> new ActuatorFormat();
      case KUBERNETES -> new KubernetesFormat();
      case MICROPROFILE -> new MicroProfileFormat();
    };
  }
}
