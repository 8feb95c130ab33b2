package io.lodisc.web;

import io.lodisc.model.engine.EngineException;
import java.sql.SQLException;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** What an operator reads, in place of a stack trace, when a service cannot start. */
final class StartFailures {

  private StartFailures() {}

  /** A database that does not answer, or answers no to us. */
  static final class Database extends AbstractFailureAnalyzer<SQLException> {

    /** Of SQLSTATE: no connection, no such user, no such database, starting or stopping. */
    private static final List<String> UNREACHABLE = List.of("08", "28", "3D", "57");

    private final Environment environment;

    Database(Environment environment) {
      this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, SQLException cause) {
      String state = cause.getSQLState();
      if (state == null || UNREACHABLE.stream().noneMatch(state::startsWith)) {
        return null;
      }
      return new FailureAnalysis(
          "The database spring.datasource.url=%s cannot be used: %s"
              .formatted(environment.getProperty("spring.datasource.url"), cause.getMessage()),
          "Look at LODISC_DATABASE_URL, LODISC_DATABASE_USER and LODISC_DATABASE_PASSWORD, and"
              + " whether PostgreSQL runs there.",
          failure);
    }
  }

  /** A libtorch that must not be used. */
  static final class Engine extends AbstractFailureAnalyzer<EngineException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, EngineException cause) {
      return new FailureAnalysis(
          "The engine failed its self-test. " + cause.getMessage(),
          "Run the program with --lodisc.self-test=true to test the engine alone.",
          failure);
    }
  }

  /** A setting that only its use has shown to be wrong. */
  static final class Setting extends AbstractFailureAnalyzer<SettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, SettingException cause) {
      return new FailureAnalysis(cause.getMessage(), "Change " + cause.property() + ".", failure);
    }
  }
}
