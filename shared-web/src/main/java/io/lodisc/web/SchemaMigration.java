package io.lodisc.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/**
 * A bean that migrates a service's schema before JPA starts, and shows the schema's version. One
 * schema a service: each migrates its own, also where several share an application.
 */
public final class SchemaMigration extends FlywayMigrationInitializer implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);

  private final Flyway flyway;
  private final String schema;

  private SchemaMigration(Flyway flyway, String schema, boolean enabled) {
    super(flyway, enabled ? SchemaMigration::migrate : SchemaMigration::leave);
    this.flyway = flyway;
    this.schema = schema;
  }

  /**
   * The migration of a service's schema; with {@code spring.flyway.enabled=false} it stays as it
   * is.
   *
   * @param schema the service's; its scripts lie under {@code classpath:db/SCHEMA}
   */
  public static SchemaMigration of(DataSource database, Environment environment, String schema) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .schemas(schema)
            .locations("classpath:db/" + schema)
            .load();
    boolean enabled = environment.getProperty("spring.flyway.enabled", Boolean.class, true);
    return new SchemaMigration(flyway, schema, enabled);
  }

  /** Shows nothing where the schema was left alone and the database is away. */
  @Override
  public void bindTo(MeterRegistry registry) {
    MigrationInfo current;
    try {
      current = flyway.info().current();
    } catch (FlywayException e) {
      log.warn("The version of the schema {} cannot be shown: {}", schema, e.getMessage());
      return;
    }
    Gauge.builder("lodisc.schema.info", () -> 1)
        .description("The version that the schema was migrated to")
        .tag("schema", schema)
        .tag("version", current == null ? "none" : current.getVersion().getVersion())
        .register(registry);
  }

  /** The command that migrates a service's schema and starts nothing else. */
  public static ServiceProgram.Command only(String schema) {
    return (value, arguments) ->
        new SpringApplicationBuilder(Database.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .initializers(context -> addTo((GenericApplicationContext) context, schema))
            .run(arguments)
            .close();
  }

  private static void addTo(GenericApplicationContext context, String schema) {
    context.addBeanFactoryPostProcessor(
        beans -> SettingsCheck.checkDatabase(context.getEnvironment()));
    context.registerBean(
        SchemaMigration.class,
        () -> of(context.getBean(DataSource.class), context.getEnvironment(), schema));
  }

  private static void migrate(Flyway flyway) {
    flyway.migrate();
    MigrationInfo current = flyway.info().current();
    log.info(
        "The schema {} is at version {}",
        flyway.getConfiguration().getSchemas()[0],
        current.getVersion());
  }

  private static void leave(Flyway flyway) {
    log.info("The schema {} stays as it is", flyway.getConfiguration().getSchemas()[0]);
  }

  /** Nothing but the database's connections. */
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
  static class Database {}
}
