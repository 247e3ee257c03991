package dev.vigil.alerts.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers as a test wants: by the line's beginning, "250 ok" where none fits. */
final class ScriptedSmtp implements AutoCloseable {

  static final String HANG = "hang";

  final List<String> mails = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final Map<String, String> answers;

  ScriptedSmtp(Map<String, String> answers) throws IOException {
    this.answers = answers;
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
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
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = client.getOutputStream();
    StringBuilder recipients = new StringBuilder();
    String answer = answer("CONNECT", "220 ready");
    while (answer != null) {
      if (answer.equals(HANG)) {
        lines.readLine(); // nothing more comes until the client hangs up
        return;
      }
      out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      String line = lines.readLine();
      if (line == null || line.startsWith("QUIT")) {
        return;
      }
      answer = answer(line, "250 ok");
      if (line.startsWith("RCPT") && answer.startsWith("250")) {
        recipients.append(line.replaceAll(".*<|>.*", "")).append(' ');
      }
      if (line.startsWith("DATA") && answer.startsWith("250")) {
        out.write("354 go on\r\n".getBytes(StandardCharsets.ISO_8859_1));
        while (!".".equals(lines.readLine())) {
          // The mail.
        }
        answer = answer("END", "250 taken");
        if (answer.startsWith("250")) {
          mails.add(recipients.toString().strip());
        }
      }
    }
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
