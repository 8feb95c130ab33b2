package io.lodisc.deployment.compose;

import io.lodisc.deployment.compose.Compose.Service;
import io.lodisc.deployment.images.Image;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What docker-compose.yml describes, without containers: the same programs with the same
 * environment, arguments, configuration files and order. Host names are ports of this machine,
 * volumes and the image's folder are folders of it. PostgreSQL is the embedded one, nginx and
 * Prometheus are the system's. What this machine has no program for is left out and said.
 */
final class HostStack implements AutoCloseable {

  private static final Pattern ADDRESS =
      Pattern.compile("(?<![\\w.-])([a-z][a-z0-9-]*):(\\d{2,5})\\b");
  private static final int PROXY = 8080;

  private final Path project;
  private final Path state;
  private final Compose compose;
  private final Set<String> profiles;
  private final Map<String, Integer> ports = new TreeMap<>();
  private final Map<String, String> changed = new LinkedHashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private EmbeddedPostgres postgres;
  private int started;

  /**
   * @param state an empty folder for volumes and logs
   * @param variables as in .env
   */
  HostStack(Path project, Path state, Map<String, String> variables, Set<String> profiles)
      throws IOException {
    this.project = project;
    this.state = state;
    this.compose = Compose.read(project.resolve("docker-compose.yml"), variables);
    this.profiles = profiles;
  }

  /** Overrides a variable of every service that has it. */
  HostStack with(String variable, String value) {
    changed.put(variable, value);
    return this;
  }

  /** Starts all that the profiles name; returns when all of it is healthy. */
  void start() throws IOException, InterruptedException {
    for (Service service : compose.inOrder(profiles)) {
      for (String needed : service.dependsOn()) {
        for (Instance instance : List.copyOf(instances)) {
          if (instance.service().equals(needed)) {
            instance.awaitReady();
          }
        }
      }
      start(service.name());
    }
    for (Instance instance : List.copyOf(instances)) {
      instance.awaitReady();
    }
  }

  /** Starts a service once, or once more. Does not wait for it; null if there is no program. */
  synchronized Instance start(String name) throws IOException, InterruptedException {
    Service service = compose.services().get(name);
    Instance instance =
        switch (service.image()) {
          case "pgvector/pgvector" -> postgres(service);
          case "nginxinc/nginx-unprivileged" -> nginx(service);
          case "prom/prometheus" -> prometheus(service);
          case String image when image.startsWith("lodisc/") -> ours(service);
          default -> {
            System.out.printf("%s is left out: there is no %s here%n", name, service.image());
            yield null;
          }
        };
    if (instance != null) {
      instances.add(instance);
    }
    return instance;
  }

  /** Stops an instance, as docker stop does. */
  void stop(Instance instance) throws InterruptedException {
    instance.stop();
    synchronized (this) {
      instances.remove(instance);
    }
  }

  synchronized List<Instance> instances(String service) {
    return instances.stream().filter(i -> i.service().equals(service)).toList();
  }

  /** Where the one URL space is. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port("proxy", PROXY));
  }

  /** Where a mount of a service is on this machine. */
  Path volume(String service, String target) throws IOException {
    return mounts(compose.services().get(service)).get(target);
  }

  /** Makes the proxy send requests to these instances of a service alone. */
  synchronized void route(Map<String, Collection<Instance>> ready)
      throws IOException, InterruptedException {
    Service proxy = compose.services().get("proxy");
    Path file = folder(proxy).resolve("nginx.conf");
    String before = Files.readString(file);
    Files.writeString(file, nginxConfiguration(proxy, ready));
    if (!Files.readString(file).equals(before)) {
      long pid = instances("proxy").getFirst().process().pid();
      new ProcessBuilder("kill", "-HUP", Long.toString(pid)).start().waitFor();
    }
  }

  private Instance postgres(Service service) throws IOException {
    Map<String, String> environment = service.environment();
    int port = port(service.name(), 5432);
    Path data = mounts(service).get("/var/lib/postgresql/data").resolve("data");
    postgres =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(data)
            .setOverrideWorkingDirectory(folder(service).toFile())
            .setPGStartupWait(Duration.ofMinutes(2))
            .start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      String user = environment.get("POSTGRES_USER");
      sql.execute(
          "create role %s superuser login password '%s'"
              .formatted(user, environment.get("POSTGRES_PASSWORD")));
      sql.execute("create database %s owner %s".formatted(environment.get("POSTGRES_DB"), user));
      // The server trusts its own machine; in a container it does not.
      Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
      sql.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IOException("PostgreSQL cannot be set up", e);
    }
    return null;
  }

  private Instance nginx(Service service) throws IOException {
    Path folder = folder(service);
    Files.createDirectories(folder.resolve("tmp"));
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, nginxConfiguration(service, Map.of()));
    Map<Integer, Integer> own = Map.of(PROXY, port(service.name(), PROXY));
    return run(
        service,
        List.of(
            "/usr/sbin/nginx",
            "-p",
            folder.toString(),
            "-c",
            file.toString(),
            "-g",
            "daemon off; user " + System.getProperty("user.name") + ";"),
        Map.of(),
        own,
        healthCheck(service, own));
  }

  /** Each name and port of a service is a group of its instances. */
  private String nginxConfiguration(Service proxy, Map<String, Collection<Instance>> ready)
      throws IOException {
    String source = proxy.mounts().get("/etc/nginx/nginx.conf");
    String text = Files.readString(project.resolve(source));
    StringBuilder groups = new StringBuilder();
    Matcher address = ADDRESS.matcher(text);
    Set<String> seen = new TreeSet<>();
    while (address.find()) {
      String name = address.group(1);
      int port = Integer.parseInt(address.group(2));
      if (compose.services().containsKey(name) && seen.add(address.group())) {
        groups.append("  upstream %s_%d {\n".formatted(name, port));
        for (Instance instance : ready.getOrDefault(name, instances(name))) {
          groups.append("    server 127.0.0.1:%d;\n".formatted(instance.ports().get(port)));
        }
        groups.append("  }\n");
      }
    }
    for (String name : seen) {
      text = text.replace(name, name.replace(':', '_'));
    }
    return text.replace("http {\n", "http {\n" + groups)
        .replace("listen 8080", "listen 127.0.0.1:" + port(proxy.name(), PROXY))
        .replace("/tmp/", folder(proxy).resolve("tmp") + "/");
  }

  private Instance prometheus(Service service) throws IOException {
    Map<Integer, Integer> own = Map.of(9090, port(service.name(), 9090));
    UnaryOperator<String> here = rewriting(service);
    List<String> command = new ArrayList<>(List.of("/usr/bin/prometheus"));
    service.list("command").forEach(argument -> command.add(here.apply(argument)));
    command.add("--web.listen-address=127.0.0.1:" + own.get(9090));
    return run(service, command, Map.of(), own, List.of());
  }

  private Instance ours(Service service) throws IOException, InterruptedException {
    Image image = Image.of(project, service.image().replace("lodisc/", ""));
    boolean first = instances(service.name()).isEmpty();
    int port = Integer.parseInt(image.healthCheck().getLast()); // the management port
    Map<Integer, Integer> own = new LinkedHashMap<>();
    for (int of : List.of(port - 1000, port)) {
      own.put(of, first ? port(service.name(), of) : freePort());
    }
    UnaryOperator<String> here = rewriting(service);
    Map<String, String> environment = new LinkedHashMap<>();
    image.environment().forEach((name, value) -> environment.put(name, here.apply(value)));
    service.environment().forEach((name, value) -> environment.put(name, here.apply(value)));
    environment.replaceAll((name, value) -> changed.getOrDefault(name, value));
    environment.put("SERVER_PORT", own.get(port - 1000).toString());
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("MANAGEMENT_SERVER_PORT", own.get(port).toString());
    if (!service.environment().getOrDefault("LODISC_TRAINING_ROLES", "").equals("worker")) {
      // Many start on one machine, and none runs long enough to earn the compiler's work back.
      environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    }
    return run(service, image.entryPoint(), environment, own, image.healthCheck());
  }

  private List<String> healthCheck(Service service, Map<Integer, Integer> own) {
    @SuppressWarnings("unchecked")
    List<String> test = (List<String>) service.map("healthcheck").get("test");
    List<String> command = new ArrayList<>(test.subList(1, test.size()));
    own.forEach(
        (inside, here) ->
            command.replaceAll(a -> a.replace("127.0.0.1:" + inside, "127.0.0.1:" + here)));
    return command;
  }

  private Instance run(
      Service service,
      List<String> command,
      Map<String, String> environment,
      Map<Integer, Integer> own,
      List<String> healthCheck)
      throws IOException {
    Path log = state.resolve("logs/%s-%d.log".formatted(service.name(), ++started));
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "LANG"));
    builder.environment().putAll(environment);
    return new Instance(
        service.name(), builder.start(), own, healthCheck, Map.copyOf(environment), log);
  }

  /** What is one container's is this machine's: addresses of services, mounts. */
  private UnaryOperator<String> rewriting(Service service) throws IOException {
    Map<String, Path> mounts = mounts(service);
    return text -> {
      String here = addressed(text);
      for (Map.Entry<String, Path> folder : mounts.entrySet()) {
        here =
            here.replaceAll(
                "(?<![\\w/])" + Pattern.quote(folder.getKey()) + "(?![\\w-])",
                Matcher.quoteReplacement(folder.getValue().toString()));
      }
      return here;
    };
  }

  private String addressed(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(
            found ->
                compose.services().containsKey(found.group(1))
                    ? "127.0.0.1:" + port(found.group(1), Integer.parseInt(found.group(2)))
                    : found.group());
  }

  /** A named volume is a folder, a file is copied with its addresses made this machine's. */
  private Map<String, Path> mounts(Service service) throws IOException {
    Map<String, Path> mounts = new TreeMap<>();
    for (Map.Entry<String, String> mount : service.mounts().entrySet()) {
      Path source = project.resolve(mount.getValue()).normalize();
      if (!mount.getValue().startsWith(".") && !mount.getValue().startsWith("/")) {
        source = Files.createDirectories(state.resolve("volumes").resolve(mount.getValue()));
      } else if (Files.isRegularFile(source)) {
        Path copy = folder(service).resolve(source.getFileName());
        Files.writeString(copy, addressed(Files.readString(source)));
        source = copy;
      }
      mounts.put(mount.getKey(), source);
    }
    return mounts;
  }

  private Path folder(Service service) throws IOException {
    return Files.createDirectories(state.resolve(service.name()));
  }

  private synchronized int port(String service, int port) {
    return ports.computeIfAbsent(service + ":" + port, address -> freePort());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is left out of this machine's: a line a service, with its ports. */
  synchronized String summary() {
    return instances.stream()
        .map(instance -> "%s %s %s".formatted(instance.service(), instance.ports(), instance.log()))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    List<Instance> all;
    synchronized (this) {
      all = List.copyOf(instances);
      instances.clear();
    }
    all.forEach(instance -> instance.process().destroy());
    try {
      for (Instance instance : all) {
        instance.stop();
      }
    } finally {
      all.forEach(instance -> instance.process().destroyForcibly());
      if (postgres != null) {
        postgres.close();
      }
    }
  }
}
