package dev.vigil.alerts.notify;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A server that answers as a test wants: by the line's beginning, "250 ok" where none fits. Knows
 * STARTTLS, by the JVM's default context.
 */
public final class ScriptedSmtp implements AutoCloseable {

  public static final String HANG = "hang";

  /** The recipients of each mail that was taken. */
  public final List<String> mails = new CopyOnWriteArrayList<>();

  private final ServerSocket server;

  /** What it says, by the beginning of what it is told. */
  public final Map<String, String> answers = new ConcurrentHashMap<>();

  public ScriptedSmtp(Map<String, String> answers) throws IOException {
    this.answers.putAll(answers);
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        talk(client);
      } catch (IOException over) {
        // The next one.
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader lines = lines(client);
    StringBuilder recipients = new StringBuilder();
    say(client, answer("CONNECT", "220 ready"), lines);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("QUIT")) {
        return;
      }
      String answer = answer(line, line.startsWith("DATA") ? "354 go on" : "250 ok");
      if (line.startsWith("MAIL")) {
        recipients.setLength(0);
      } else if (line.startsWith("RCPT") && answer.startsWith("250")) {
        recipients.append(line.replaceAll(".*<|>.*", "")).append(' ');
      } else if (answer.startsWith("354")) {
        say(client, answer, lines);
        while (!".".equals(line)) {
          line = lines.readLine();
        }
        answer = answer("END", "250 taken");
        if (answer.startsWith("250")) {
          mails.add(recipients.toString().strip());
        }
      }
      say(client, answer, lines);
      if (line.startsWith("STARTTLS")) {
        SSLSocket secured = secured(client);
        client = secured;
        lines = lines(secured);
      }
    }
  }

  private static BufferedReader lines(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private static void say(Socket client, String answer, BufferedReader lines) throws IOException {
    if (answer.equals(HANG)) {
      lines.readLine(); // nothing more comes until the client hangs up
      throw new EOFException("hung up");
    }
    OutputStream out = client.getOutputStream();
    out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static SSLSocket secured(Socket client) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(client, null, client.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  private String answer(String line, String otherwise) {
    return answers.entrySet().stream()
        .filter(each -> line.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
