package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pod of {@code helm test}: what it asks, and its script against a server that answers. */
class AnswersTest {

  private HttpServer server;

  @BeforeEach
  void server() throws IOException {
    server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean ready = exchange.getRequestURI().getPath().equals("/ready");
          exchange.sendResponseHeaders(ready ? 200 : 503, 0);
          exchange.getResponseBody().write("whatever".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  @Test
  void succeedsIfAllAnswerAsExpected() throws Exception {
    assertThat(run("localhost %d /ready 200", "localhost %d /broken 503")).isZero();
  }

  @Test
  void failsIfOneAnswersOtherwise() throws Exception {
    assertThat(run("localhost %d /broken 200", "localhost %d /ready 200")).isOne();
  }

  @Test
  void failsIfOneDoesNotAnswer() throws Exception {
    server.stop(0);
    assertThat(run("localhost %d /ready 200")).isOne();
  }

  @ParameterizedTest
  @MethodSource("io.lodisc.deployment.kubernetes.Rendered#matrix")
  void asksPortsThatServicesHave(Rendered rendered) {
    for (String expected : container(rendered).getArgs().subList(2, 9)) {
      String[] words = expected.split(" ");
      assertThat(words).hasSize(4);
      assertThat(rendered.all(Service.class))
          .filteredOn(service -> service.getMetadata().getName().equals(words[0]))
          .singleElement()
          .satisfies(
              service ->
                  assertThat(service.getSpec().getPorts())
                      .anyMatch(port -> port.getPort() == Integer.parseInt(words[1])));
    }
  }

  private int run(String... expected) throws Exception {
    Container container = container(Rendered.of("default"));
    List<String> command = new ArrayList<>(container.getCommand());
    command.addAll(container.getArgs().subList(0, 2));
    for (String line : expected) {
      command.add(line.formatted(server.getAddress().getPort()));
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static Container container(Rendered rendered) {
    return rendered.pods("test").findFirst().orElseThrow().container();
  }
}
