package dev.vigil.health.checks;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets one handshake pass and writes down what the real judge thinks of the certificates, so that
 * the dates of one that is not trusted can be read. For handshakes over which nothing is sent. Not
 * thread-safe.
 */
final class RecordingTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager judge;
  private List<X509Certificate> chain = List.of();
  private String objection = "";

  private RecordingTrust(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  /** With the JVM's authorities where {@code authorities} is null. */
  static RecordingTrust in(@Nullable KeyStore authorities) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager judge) {
        return new RecordingTrust(judge);
      }
    }
    throw new GeneralSecurityException("no trust manager for X.509");
  }

  /** What the server presented; empty before. */
  List<X509Certificate> chain() {
    return chain;
  }

  /** Why it is not trusted, to stand behind its name; empty where it is. */
  String objection() {
    return objection;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] presented, String type, Socket socket) {
    chain = List.of(presented);
    try {
      judge.checkServerTrusted(presented, type, socket);
    } catch (CertificateException refused) {
      objection = words(refused);
    }
  }

  private static String words(CertificateException refused) {
    Throwable cause = refused;
    for (int depth = 0; depth < 10 && cause != null; depth++, cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        return "is not signed by a trusted authority";
      }
    }
    // What the JDK's host name check throws; it has no type of its own.
    return String.valueOf(refused.getMessage()).startsWith("No ")
        ? "is for another host"
        : "is not trusted";
  }

  @Override
  public void checkServerTrusted(X509Certificate[] presented, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("sockets only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] presented, String type)
      throws CertificateException {
    throw new CertificateException("sockets only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] presented, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] presented, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] presented, String type)
      throws CertificateException {
    throw new CertificateException("servers only");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
