package dev.vigil.health.checks;

import dev.vigil.testing.FakeTime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A database of one connection, which writes down what it is asked and answers as told. */
final class FakeDatabase implements JdbcCheck.ConnectionSource {

  final FakeTime time = new FakeTime();
  final List<String> calls = new ArrayList<>();
  Duration connectTakes = Duration.ZERO;
  Duration queryTakes = Duration.ZERO;
  SQLException connectFails;
  SQLException queryFails;
  SQLException rollbackFails;
  boolean refusesReadOnly;
  boolean valid = true;
  boolean autoCommit = true;
  boolean readOnly;
  boolean rowThere = true;
  Long value = 1L;
  Runnable duringQuery = () -> {};
  Duration limitGiven;

  @Override
  public Connection connect(Duration limit) throws SQLException {
    limitGiven = limit;
    time.advance(connectTakes);
    if (connectFails != null) {
      throw connectFails;
    }
    return proxy(
        Connection.class,
        (self, method, args) ->
            switch (method.getName()) {
              case "isValid" -> note("isValid " + args[0], valid);
              case "getAutoCommit" -> autoCommit;
              case "isReadOnly" -> readOnly;
              case "setAutoCommit" -> {
                autoCommit = (boolean) args[0];
                yield note("autoCommit " + args[0], null);
              }
              case "setReadOnly" -> {
                if (refusesReadOnly) {
                  throw new SQLException("not on an open connection");
                }
                readOnly = (boolean) args[0];
                yield note("readOnly " + args[0], null);
              }
              case "rollback" -> {
                if (rollbackFails != null) {
                  throw rollbackFails;
                }
                yield note("rollback", null);
              }
              case "createStatement" -> statement();
              case "abort" -> note("abort", null);
              case "close" -> note("close", null);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Statement statement() {
    return proxy(
        Statement.class,
        (self, method, args) ->
            switch (method.getName()) {
              case "setQueryTimeout" -> note("queryTimeout " + args[0], null);
              case "setMaxRows", "close" -> null;
              case "executeQuery" -> {
                note("query " + args[0], null);
                time.advance(queryTakes);
                duringQuery.run();
                if (queryFails != null) {
                  throw queryFails;
                }
                yield rows();
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private ResultSet rows() {
    return proxy(
        ResultSet.class,
        (self, method, args) ->
            switch (method.getName()) {
              case "next" -> rowThere;
              case "getLong" -> value == null ? 0L : value;
              case "wasNull" -> value == null;
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Object note(String call, Object answer) {
    calls.add(call);
    return answer;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
