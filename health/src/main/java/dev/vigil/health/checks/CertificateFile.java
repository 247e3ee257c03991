package dev.vigil.health.checks;

import dev.vigil.core.Secret;
import dev.vigil.health.CheckContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates in a file, read anew each time: whoever renews them replaces it. */
final class CertificateFile implements CertificateSource {

  /** A bundle of all public authorities has 200 KB; a wrong path may be a device without end. */
  private static final int LARGEST = 4 * 1024 * 1024;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

  private final Path file;
  private final @Nullable Secret password;

  private CertificateFile(Path file, @Nullable Secret password) {
    this.file = Objects.requireNonNull(file, "file");
    this.password = password;
  }

  static CertificateFile pem(Path file) {
    return new CertificateFile(file, null);
  }

  static CertificateFile keyStore(Path file, Secret password) {
    return new CertificateFile(file, Objects.requireNonNull(password, "password"));
  }

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public String kind() {
    return "file";
  }

  @Override
  public CertificateFinding look(CheckContext context, int sharers, @Nullable KeyStore trusted) {
    try {
      List<X509Certificate> found = password == null ? inPem() : inKeyStore(password);
      return found.isEmpty()
          ? CertificateFinding.none("holds no certificate", null)
          : CertificateFinding.of(found, "");
    } catch (IOException e) {
      return CertificateFinding.none("cannot be read", e);
    } catch (GeneralSecurityException e) {
      return CertificateFinding.none("holds what is no certificate", e);
    }
  }

  private List<X509Certificate> inPem() throws IOException, GeneralSecurityException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
    }
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> found = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(text); block.find(); ) {
      byte[] bytes = block.group().getBytes(StandardCharsets.ISO_8859_1);
      found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
    }
    return found;
  }

  private List<X509Certificate> inKeyStore(Secret secret)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(file.toFile(), secret.reveal().toCharArray());
    List<X509Certificate> found = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      Certificate[] chain = store.getCertificateChain(alias);
      for (Certificate one :
          chain == null ? new Certificate[] {store.getCertificate(alias)} : chain) {
        if (one instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
    }
    return found;
  }
}
