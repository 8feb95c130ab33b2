package io.lodisc.web;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;

/** One schema a service: each migrates its own, also where several share an application. */
public final class SchemaMigration {

  private SchemaMigration() {}

  /**
   * A bean that migrates a service's schema before JPA starts.
   *
   * @param schema the service's; its scripts lie under {@code classpath:db/SCHEMA}
   */
  public static FlywayMigrationInitializer of(DataSource database, String schema) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .schemas(schema)
            .locations("classpath:db/" + schema)
            .load();
    return new FlywayMigrationInitializer(flyway);
  }
}
