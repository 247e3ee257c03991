package dev.vigil.health.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One GET by the JDK's {@link HttpURLConnection}; {@code java.net.http} takes half a second to
 * start. Goes straight to the server, past any proxy, and follows redirects only where scheme, host
 * and port stay the same.
 */
final class HttpGet extends Thread {

  private static final int LONGEST_BODY = 256 * 1024;
  private static final int MOST_REDIRECTS = 3;

  private final Command command;
  private final Clock clock;
  private final int limitMillis;
  private volatile boolean abandoned;
  private volatile @Nullable HttpURLConnection awaiting;
  private @Nullable Answer answer;
  private @Nullable IOException failure;

  HttpGet(Command command, Clock clock, int limitMillis) {
    super("vigil-probe");
    setDaemon(true);
    this.command = command;
    this.clock = clock;
    this.limitMillis = limitMillis;
  }

  /** What came of it, once the thread has ended. */
  Answer answer() throws IOException {
    if (answer == null) {
      throw failure == null ? new IOException("no answer") : failure;
    }
    return answer;
  }

  /** Makes the thread end soon. While it reads a body, the streams are its own to close. */
  void abandon() {
    abandoned = true;
    HttpURLConnection open = awaiting;
    if (open != null) {
      open.disconnect();
    }
  }

  @Override
  public void run() {
    try {
      answer = exchange();
    } catch (IOException noAnswer) {
      failure = noAnswer;
    } catch (RuntimeException refused) {
      // The JDK's own words may repeat a header's value.
      failure = new IOException(refused.getClass().getName());
    }
  }

  private Answer exchange() throws IOException {
    URL url = command.url();
    HttpURLConnection open = open(url);
    long start = clock.nanos();
    for (int redirects = 0; ; redirects++) {
      awaiting = open;
      int code = open.getResponseCode();
      awaiting = null;
      if (code < 0) {
        throw new IOException("no status line");
      }
      String location = code / 100 == 3 ? open.getHeaderField("Location") : null;
      URL next = location == null ? null : Redirect.target(url, location);
      if (next == null || redirects == MOST_REDIRECTS || !Redirect.sameOrigin(url, next)) {
        byte[] body = read(code >= 400 ? open.getErrorStream() : open.getInputStream());
        boolean cut = body.length > LONGEST_BODY;
        // The JDK notices a chunked body that breaks off, but not one of a stated length.
        if (!cut && body.length < open.getContentLengthLong()) {
          throw new IOException("the body breaks off");
        }
        String text = cut ? "" : new String(body, StandardCharsets.UTF_8);
        String sentTo = next == null ? null : Redirect.shown(next);
        return new Answer(code, text, cut, sentTo, clock.nanos() - start);
      }
      open.disconnect();
      url = next;
      open = open(url);
    }
  }

  private byte[] read(@Nullable InputStream body) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    int length = body == null ? -1 : body.read(chunk);
    while (body != null && length >= 0 && read.size() <= LONGEST_BODY && !abandoned) {
      read.write(chunk, 0, length);
      length = body.read(chunk);
    }
    return read.toByteArray();
  }

  private HttpURLConnection open(URL url) throws IOException {
    HttpURLConnection open = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    open.setConnectTimeout(limitMillis);
    open.setReadTimeout(limitMillis);
    open.setInstanceFollowRedirects(false);
    open.setUseCaches(false);
    open.setRequestProperty("User-Agent", "vigil-probe");
    open.setRequestProperty("Accept", "application/json, */*;q=0.5");
    for (int i = 0; i < command.headers().size(); i++) {
      Header header = command.headers().get(i);
      open.setRequestProperty(header.name(), header.value());
    }
    return open;
  }
}
