package io.lodisc.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;

/**
 * A bean that migrates a service's schema before JPA starts, and shows the schema's version. One
 * schema a service: each migrates its own, also where several share an application.
 */
public final class SchemaMigration extends FlywayMigrationInitializer implements MeterBinder {

  private final Flyway flyway;
  private final String schema;

  private SchemaMigration(Flyway flyway, String schema) {
    super(flyway);
    this.flyway = flyway;
    this.schema = schema;
  }

  /**
   * The migration of a service's schema.
   *
   * @param schema the service's; its scripts lie under {@code classpath:db/SCHEMA}
   */
  public static SchemaMigration of(DataSource database, String schema) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .schemas(schema)
            .locations("classpath:db/" + schema)
            .load();
    return new SchemaMigration(flyway, schema);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    MigrationInfo current = flyway.info().current();
    Gauge.builder("lodisc.schema.info", () -> 1)
        .description("The version that the schema was migrated to")
        .tag("schema", schema)
        .tag("version", current == null ? "none" : current.getVersion().getVersion())
        .register(registry);
  }
}
