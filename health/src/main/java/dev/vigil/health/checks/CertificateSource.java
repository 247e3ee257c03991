package dev.vigil.health.checks;

import dev.vigil.health.CheckContext;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/** Where certificates are: at a server, or in a file. */
interface CertificateSource {

  /** For people: the host, or the file's name. */
  String name();

  /** What kind of name that is, as a key of data. */
  String kind();

  /**
   * Looks once; what goes wrong is a finding.
   *
   * @param sharers how many share the time that is left, this one included
   * @param trusted who may sign; the JVM's authorities where null
   */
  CertificateFinding look(CheckContext context, int sharers, @Nullable KeyStore trusted);
}
