package dev.ringback.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Short statements. */
final class Sql {
  private Sql() {}

  private static PreparedStatement prepared(
      Connection connection, String statement, Object... parameters) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    for (int i = 0; i < parameters.length; i++) {
      prepared.setObject(i + 1, parameters[i]);
    }
    return prepared;
  }

  /** The number in the first row; 0: there is none. */
  static long number(Connection connection, String query, Object... parameters)
      throws SQLException {
    try (PreparedStatement select = prepared(connection, query, parameters);
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static void run(Connection connection, String statement, Object... parameters)
      throws SQLException {
    try (PreparedStatement prepared = prepared(connection, statement, parameters)) {
      prepared.execute();
    }
  }
}
