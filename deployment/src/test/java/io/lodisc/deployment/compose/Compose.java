package io.lodisc.deployment.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** A docker-compose.yml with its variables filled in, as far as this project's goes. */
record Compose(Map<String, Service> services) {

  /** ${NAME}, ${NAME:-default} or ${NAME:?message}. */
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([-?])([^}]*))?}");

  /** One of its services; what it says of it, read by its key. */
  record Service(String name, Map<String, Object> said) {

    /** The image without its tag. */
    String image() {
      return text("image").replaceFirst(":[^:/]*$", "");
    }

    String text(String key) {
      return (String) said.get(key);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> map(String key) {
      return (Map<String, Object>) said.getOrDefault(key, Map.of());
    }

    @SuppressWarnings("unchecked")
    List<String> list(String key) {
      return (List<String>) said.getOrDefault(key, List.of());
    }

    Set<String> dependsOn() {
      return new TreeSet<>(map("depends_on").keySet());
    }

    Map<String, String> environment() {
      Map<String, String> environment = new LinkedHashMap<>();
      map("environment").forEach((name, value) -> environment.put(name, value.toString()));
      return environment;
    }

    /** By their target in the container: a named volume or a path relative to the file. */
    Map<String, String> mounts() {
      Map<String, String> mounts = new LinkedHashMap<>();
      for (String volume : list("volumes")) {
        String[] parts = volume.split(":");
        mounts.put(parts[1], parts[0]);
      }
      return mounts;
    }

    /** Runs without a profile or with one of these. */
    boolean isIn(Set<String> profiles) {
      List<String> own = list("profiles");
      return own.isEmpty() || own.stream().anyMatch(profiles::contains);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if a variable that it asks for is not set
   */
  @SuppressWarnings("unchecked")
  static Compose read(Path file, Map<String, String> variables) throws IOException {
    Map<String, Object> whole = new Yaml().load(Files.readString(file));
    Map<String, Service> services = new LinkedHashMap<>();
    ((Map<String, Map<String, Object>>) whole.get("services"))
        .forEach(
            (name, said) ->
                services.put(
                    name, new Service(name, (Map<String, Object>) filled(said, variables))));
    return new Compose(services);
  }

  /** The variables of an .env file. */
  static Map<String, String> variables(Path file) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split("=", 2);
        variables.put(parts[0], parts[1]);
      }
    }
    return variables;
  }

  /** Those of these profiles, each after what it depends on. */
  List<Service> inOrder(Set<String> profiles) {
    Map<String, Service> ordered = new LinkedHashMap<>();
    for (Service service : services.values()) {
      if (service.isIn(profiles)) {
        add(service, ordered);
      }
    }
    return new ArrayList<>(ordered.values());
  }

  private void add(Service service, Map<String, Service> ordered) {
    service.dependsOn().forEach(needed -> add(services.get(needed), ordered));
    ordered.putIfAbsent(service.name(), service);
  }

  private static Object filled(Object value, Map<String, String> variables) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> filled = new LinkedHashMap<>();
        map.forEach((key, of) -> filled.put(key, filled(of, variables)));
        yield filled;
      }
      case List<?> list -> list.stream().map(of -> filled(of, variables)).toList();
      case String text -> VARIABLE.matcher(text).replaceAll(m -> quoted(m, variables));
      case null -> null;
      default -> value;
    };
  }

  private static String quoted(MatchResult found, Map<String, String> variables) {
    String value = variables.getOrDefault(found.group(1), "");
    if (value.isEmpty() && "?".equals(found.group(2))) {
      throw new IllegalArgumentException(found.group(1) + " is not set: " + found.group(3));
    }
    return Matcher.quoteReplacement(
        value.isEmpty() && "-".equals(found.group(2)) ? found.group(3) : value);
  }
}
