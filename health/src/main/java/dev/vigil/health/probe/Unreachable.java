package dev.vigil.health.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why there is no answer. Loaded only when there is none. */
final class Unreachable {

  private static final int LONGEST_MESSAGE = 160;

  private Unreachable() {}

  /** Appends a predicate to the host's name: {@code refuses the connection}. */
  static void describe(
      IOException failure, long limitNanos, Printable printable, StringBuilder into) {
    if (failure instanceof SocketTimeoutException) {
      into.append("gave no whole answer within ");
      Span.print(limitNanos, into);
    } else if (failure instanceof UnknownHostException) {
      into.append("is a name that cannot be resolved");
    } else if (failure instanceof NoRouteToHostException) {
      into.append("cannot be reached: no route to host");
    } else if (failure instanceof ConnectException) {
      into.append("refuses the connection");
    } else if (failure instanceof SSLException) {
      tls(failure, printable, into);
    } else if (failure instanceof SocketException) {
      boolean withoutAWord = String.valueOf(failure.getMessage()).startsWith("Unexpected end");
      into.append("broke the connection").append(withoutAWord ? " (is it https?)" : "");
      message(failure, printable, into);
    } else {
      into.append("does not answer in whole HTTP (is it https?)");
      // Subclasses such as FileNotFoundException repeat the URL, whose query may hold a secret.
      if (failure.getClass() == IOException.class) {
        message(failure, printable, into);
      }
    }
  }

  private static void tls(IOException failure, Printable printable, StringBuilder into) {
    String known = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String words = certificate(cause);
      // The deepest cause is the most exact.
      known = words == null ? known : words;
    }
    if (known == null) {
      into.append("fails the TLS handshake");
      message(failure, printable, into);
    } else {
      into.append("shows a TLS certificate that ").append(known);
    }
  }

  private static @Nullable String certificate(Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return "has expired";
    }
    if (cause instanceof CertificateNotYetValidException) {
      return "is not valid yet";
    }
    if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
      return "no trusted authority has signed (name a trust store by"
          + " -Djavax.net.ssl.trustStore)";
    }
    // What the JDK's host name check throws; it has no type of its own.
    String message = cause instanceof CertificateException ? cause.getMessage() : null;
    if (message != null && message.startsWith("No ")) {
      return "is for another host";
    }
    return null;
  }

  private static void message(Throwable failure, Printable printable, StringBuilder into) {
    if (failure.getMessage() != null) {
      into.append(": ");
      printable.print(failure.getMessage(), LONGEST_MESSAGE, into);
    }
  }
}
