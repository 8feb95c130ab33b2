package io.lodisc.web;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** How a service's program starts: it serves, or does the one thing that it was asked for. */
public final class ServiceProgram {

  /** Something that is done in place of serving. */
  @FunctionalInterface
  public interface Command {

    /**
     * Does it; the process ends when this returns.
     *
     * @param value of the property that asked for it; empty if it has none
     * @param arguments of the program
     */
    void run(String value, String[] arguments);
  }

  private ServiceProgram() {}

  /**
   * Runs the program.
   *
   * @param commands by the property that asks for each, as an argument or in the environment
   */
  public static void run(Class<?> application, String[] arguments, Map<String, Command> commands) {
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
    for (Map.Entry<String, Command> command : commands.entrySet()) {
      String value = environment.getProperty(command.getKey(), "false");
      if (!value.equals("false")) {
        command.getValue().run(value, arguments);
        return;
      }
    }
    SpringApplication.run(application, arguments);
  }
}
