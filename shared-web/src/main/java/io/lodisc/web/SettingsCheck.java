package io.lodisc.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** Checks what the services share of settings before anything else is made. */
class SettingsCheck implements BeanFactoryPostProcessor {

  private static final String HOME = "lodisc.home";
  private static final String DATABASE = "spring.datasource.url";

  private final Environment environment;

  SettingsCheck(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    checkDatabase(environment);
    checkHome(environment.getProperty(HOME));
  }

  /** Where there is one, it is a PostgreSQL. */
  static void checkDatabase(Environment environment) {
    String url = environment.getProperty(DATABASE);
    if (url != null && !url.startsWith("jdbc:postgresql:")) {
      throw new SettingException(
          DATABASE,
          url,
          "is no jdbc:postgresql://HOST:PORT/DATABASE; LODISC_DATABASE_URL sets it",
          null);
    }
  }

  /** Or it would be found with the first upload that it is no folder to write in. */
  private static void checkHome(String home) {
    if (home != null) {
      Path folder = Path.of(home);
      try {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, ".check", null));
      } catch (IOException e) {
        throw new SettingException(
            HOME, home, "the folder cannot be made or written in (" + e + ")", e);
      }
    }
  }
}
