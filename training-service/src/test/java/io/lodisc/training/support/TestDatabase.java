package io.lodisc.training.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;

/** A real PostgreSQL, started once, with a database for each application context. */
public class TestDatabase {

  private static final EmbeddedPostgres SERVER = server();

  @Bean
  static DataSource dataSource() throws SQLException {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = SERVER.getPostgresDatabase().getConnection()) {
      connection.createStatement().execute("create database " + name);
    }
    return SERVER.getDatabase("postgres", name);
  }

  private static EmbeddedPostgres server() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
