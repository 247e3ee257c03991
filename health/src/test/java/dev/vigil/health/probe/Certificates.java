package dev.vigil.health.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority and certificates that it has signed, made by the JDK's keytool. */
public final class Certificates {

  public static final String PASSWORD = "changeit";

  private final Path dir;

  public Certificates(Path dir) throws IOException, InterruptedException {
    this.dir = dir;
    keytool("ca", "-genkeypair", "-keyalg", "EC", "-dname", "CN=Test CA", "-ext", "bc=ca:true");
    keytool("server", "-genkeypair", "-keyalg", "EC", "-dname", "CN=Test server");
    keytool("server", "-certreq", "-file", dir.resolve("request").toString());
  }

  /** The trust store that holds the authority. */
  public Path authority() {
    return dir.resolve("ca.p12");
  }

  /** A server's TLS with a certificate for a host, valid from a day for a number of days. */
  public SSLContext server(String host, String from, int days)
      throws IOException, InterruptedException, GeneralSecurityException {
    return context(pem(host, from, days));
  }

  /** A server's TLS with a certificate that it has signed itself. */
  public SSLContext selfSigned() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(dir.resolve("server.p12").toFile(), password()), password());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** The file of such a certificate. */
  public Path pem(String host, String from, int days) throws IOException, InterruptedException {
    Path signed = dir.resolve(host + from + days + ".pem");
    List<String> sign = new ArrayList<>(List.of("-gencert", "-rfc", "-ext", "san=dns:" + host));
    sign.addAll(List.of("-startdate", from, "-validity", String.valueOf(days)));
    sign.addAll(List.of("-infile", dir.resolve("request").toString()));
    sign.addAll(List.of("-outfile", signed.toString()));
    keytool("ca", sign.toArray(new String[0]));
    return signed;
  }

  private SSLContext context(Path signed) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(dir.resolve("server.p12").toFile(), password());
    KeyStore authority = KeyStore.getInstance(authority().toFile(), password());
    Key key = store.getKey("it", password());
    try (InputStream in = Files.newInputStream(signed)) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      store.setKeyEntry(
          "it", key, password(), new Certificate[] {certificate, authority.getCertificate("it")});
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static char[] password() {
    return PASSWORD.toCharArray();
  }

  private void keytool(String store, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.add("-J-XX:TieredStopAtLevel=1");
    command.addAll(List.of(args));
    command.addAll(List.of("-alias", "it", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", dir.resolve(store + ".p12").toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException(output);
    }
  }
}
