package dev.vigil.alerts.internal.text;

import dev.vigil.alerts.internal.text.Expr.Call;
import dev.vigil.alerts.internal.text.Expr.Literal;
import dev.vigil.alerts.internal.text.Expr.Matcher;
import dev.vigil.alerts.internal.text.Expr.Meter;
import dev.vigil.alerts.internal.text.Expr.Offset;
import dev.vigil.alerts.internal.text.Expr.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The part of the grammar that begins with a name.
 *
 * <pre>
 * call    = name [ "by" "(" [ tag { "," tag } ] ")" ] "(" [ arg { "," arg } ] ")"
 * arg     = or [ "[" duration "]" [ "offset" duration ] ]
 * health  = "health" "(" [ string ] ")"
 * meter   = name [ "{" [ matcher { "," matcher } ] "}" ]
 * matcher = tag ( "=" | "!=" | "=~" | "!~" ) string
 * </pre>
 */
final class Calls {

  private static final String HEALTH = "health";

  /** The JDK's compiler of patterns recurses: thousands of brackets would end its stack. */
  private static final int LONGEST_PATTERN = 500;

  private final Parser parser;
  private final Tokens tokens;

  Calls(Parser parser) {
    this.parser = parser;
    tokens = parser.tokens;
  }

  /** A call where a bracket or 'by' follows the name, else a meter. */
  Expr named() {
    Token name = tokens.take();
    if (tokens.peek().is("(") || tokens.peek().is("by")) {
      return call(name);
    }
    return new Meter(name.at(), name.text(), matchers());
  }

  private Expr call(Token name) {
    Function function = Function.of(name.text()).orElse(null);
    List<String> by = null;
    if (tokens.peek().is("by")) {
      if (function == null || !function.aggregates()) {
        throw new SyntaxFault(tokens.at(), "'by' follows sum, min, max, avg or count");
      }
      tokens.take();
      by = tags();
    }
    if (function == null) {
      throw unknown(name);
    }
    Arguments arguments = arguments(function);
    if (by != null && arguments.windowed()) {
      throw new SyntaxFault(
          arguments.at(0),
          "'by' joins label sets, a window joins snapshots: not both at once",
          "write sum by (a) (" + function.word() + "(x[5m]))");
    }
    return new Call(name.at(), function, by, arguments.exprs());
  }

  private static SyntaxFault unknown(Token name) {
    if (name.text().equals(HEALTH)) {
      return new SyntaxFault(
          name.at(),
          "health() stands on the left of == or !=",
          "write health(\"db\") == unhealthy");
    }
    List<String> known = new ArrayList<>(Function.words());
    known.add(HEALTH);
    return new SyntaxFault(
        name.at(),
        "unknown function '" + Shown.of(name.text()) + "'",
        Hints.nearest(name.text(), known));
  }

  private List<String> tags() {
    tokens.close("(", "expected '('");
    List<String> tags = new ArrayList<>();
    if (!tokens.skip(")")) {
      do {
        tags.add(tokens.name("a tag name").text());
      } while (tokens.skip(","));
      tokens.close(")", "expected ',' or ')'");
    }
    return List.copyOf(tags);
  }

  private Arguments arguments(Function function) {
    tokens.close("(", "expected '('");
    List<Integer> at = new ArrayList<>();
    List<Expr> given = new ArrayList<>();
    if (!tokens.peek().is(")")) {
      do {
        at.add(tokens.at());
        given.add(parser.nested(this::argument));
      } while (tokens.skip(","));
    }
    int end = tokens.at();
    tokens.close(")", "expected ',' or ')'");
    Arguments arguments = new Arguments(List.copyOf(at), List.copyOf(given), end);
    arguments.check(function);
    return arguments;
  }

  private Expr argument() {
    int at = tokens.at();
    Expr of = parser.or();
    int bracket = tokens.at();
    if (!tokens.skip("[")) {
      return of;
    }
    if (!(of instanceof Meter) && !(of instanceof Offset back && back.of() instanceof Meter)) {
      throw new SyntaxFault(bracket, "a window follows a meter", "write rate(x[5m])");
    }
    Duration window = tokens.duration();
    tokens.close("]", "expected ']'");
    Expr range = new Range(at, of instanceof Offset back ? back.of() : of, window);
    if (of instanceof Offset back) {
      return new Offset(at, range, back.by());
    }
    return tokens.skip("offset") ? new Offset(at, range, tokens.duration()) : range;
  }

  /** Whether a comparison of health begins here; asked before any of it is taken. */
  boolean healthAhead() {
    return tokens.peek().kind() == Token.Kind.NAME
        && tokens.peek().text().equals(HEALTH)
        && tokens.second().is("(");
  }

  Expr health() {
    int at = tokens.take().at();
    tokens.take();
    String check = null;
    if (!tokens.skip(")")) {
      check = tokens.string("a quoted name of a check").text();
      tokens.close(")", "expected ')'");
    }
    boolean equal = tokens.skip("==");
    if (!equal) {
      tokens.close("!=", "expected '==' or '!='");
    }
    return new Expr.Health(at, check, equal, state());
  }

  private Expr.State state() {
    for (Expr.State state : Expr.State.values()) {
      Token token = tokens.peek();
      if (token.kind() == Token.Kind.NAME && token.text().equals(word(state))) {
        tokens.take();
        return state;
      }
    }
    throw new SyntaxFault(
        tokens.at(),
        "expected healthy, degraded, unhealthy or unknown, found " + tokens.peek().found(),
        Hints.nearest(
            tokens.peek().text(), Arrays.stream(Expr.State.values()).map(Calls::word).toList()));
  }

  private static String word(Expr.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private List<Matcher> matchers() {
    List<Matcher> matchers = new ArrayList<>();
    if (tokens.skip("{") && !tokens.skip("}")) {
      do {
        matchers.add(matcher());
      } while (tokens.skip(","));
      tokens.close("}", "expected ',' or '}'");
    }
    return List.copyOf(matchers);
  }

  private Matcher matcher() {
    String tag = tokens.name("a tag name").text();
    for (Expr.Match match : Expr.Match.values()) {
      if (tokens.skip(match.symbol())) {
        Token value = tokens.string("a quoted value");
        return new Matcher(tag, match, value.text(), pattern(match, value));
      }
    }
    throw tokens.unexpected("expected =, !=, =~ or !~");
  }

  private static @Nullable Pattern pattern(Expr.Match match, Token value) {
    if (match != Expr.Match.LIKE && match != Expr.Match.UNLIKE) {
      return null;
    }
    if (value.text().length() > LONGEST_PATTERN) {
      throw new SyntaxFault(
          value.at(), "a regular expression has at most " + LONGEST_PATTERN + " characters");
    }
    try {
      return Pattern.compile(value.text());
    } catch (PatternSyntaxException e) {
      throw new SyntaxFault(
          value.at(), "not a regular expression: " + Shown.of(e.getDescription()));
    }
  }

  /** What a function is given, and where each of it and the closing bracket stand. */
  private record Arguments(List<Integer> places, List<Expr> exprs, int end) {

    int at(int i) {
      return places.get(i);
    }

    boolean windowed() {
      return !exprs.isEmpty() && window(exprs.get(0));
    }

    void check(Function function) {
      String call = function.word() + "()";
      int arity = function.arity();
      if (exprs.size() != arity) {
        throw new SyntaxFault(
            exprs.size() > arity ? at(arity) : end,
            call + " takes " + count(arity) + ", not " + exprs.size());
      }
      for (int i = 0; i < arity; i++) {
        Parser.number(call + " takes numbers", at(i), exprs.get(i));
        boolean given = window(exprs.get(i));
        if (i == 0 && function.needsWindow() && !given) {
          throw new SyntaxFault(
              at(i), call + " needs a window, such as " + function.word() + "(x[5m])");
        }
        if (given && (i > 0 || !function.windows())) {
          throw new SyntaxFault(at(i), call + " takes no window");
        }
      }
      if (function == Function.PERCENTILE
          && !(exprs.get(1) instanceof Literal share
              && share.dimension().goesWith(Dimension.SHARE)
              && share.value() <= 1)) {
        throw new SyntaxFault(at(1), "expected a share between 0% and 100%, such as 99.5%");
      }
    }

    private static String count(int arity) {
      return arity == 0 ? "no arguments" : arity == 1 ? "1 argument" : arity + " arguments";
    }

    private static boolean window(Expr of) {
      return of instanceof Range || (of instanceof Offset offset && offset.of() instanceof Range);
    }
  }
}
