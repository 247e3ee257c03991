package dev.vigil.core.internal.redaction;

/**
 * Private keys in the textual encoding of RFC 7468. Certificates and public keys are no secrets and
 * stay.
 */
final class Pem {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  static final String DASHES = "-----";

  /** "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK" and the like. */
  private static final int LONGEST_LABEL = 40;

  private Pem() {}

  /** The block that begins here, to the end of the text where its end is missing. */
  static long at(CharSequence text, int at) {
    if (!Chars.startsWith(text, at, BEGIN) || !isPrivate(text, at + BEGIN.length())) {
      return Span.NONE;
    }
    for (int i = at + BEGIN.length(); i < text.length(); i++) {
      if (text.charAt(i) == '-' && Chars.startsWith(text, i, END)) {
        return Span.of(at, endOfLabel(text, i + END.length()));
      }
    }
    return Span.of(at, text.length());
  }

  private static boolean isPrivate(CharSequence text, int from) {
    int end = Math.min(text.length(), from + LONGEST_LABEL);
    for (int i = from; i < end && text.charAt(i) != '-'; i++) {
      if (Chars.startsWith(text, i, "PRIVATE")) {
        return true;
      }
    }
    return false;
  }

  private static int endOfLabel(CharSequence text, int from) {
    int end = Math.min(text.length(), from + LONGEST_LABEL);
    for (int i = from; i < end; i++) {
      if (Chars.startsWith(text, i, DASHES)) {
        return i + DASHES.length();
      }
    }
    return from;
  }
}
