package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.standalone.Contract.Body;
import io.lodisc.standalone.Recorder.Exchange;
import io.lodisc.standalone.server.Server;
import io.lodisc.standalone.server.ServerOptions;
import io.lodisc.web.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationHook;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of docs/api.md, run as they stand, and what was asked and answered meanwhile. */
class ApiExamplesTest {

  private static final String DOCUMENT = "docs/api.md";

  private static final String WRITE =
      "mvn test -pl standalone -am -Dtest=ApiExamplesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dlodisc.openapi=write";

  private static final Recorder recorder = new Recorder();
  private static String text;
  private static String output;
  private static Map<RequestMappingInfo, HandlerMethod> operations;

  @BeforeAll
  static void runTheLines() throws Exception {
    text = Files.readString(Home.PROJECT.resolve(DOCUMENT));
    Path java = Path.of(System.getProperty("java.home"), "bin");
    System.setProperty("lodisc.project", Home.PROJECT.toString());
    try (Home home = Home.make();
        Server server =
            SpringApplication.withHook(
                new Recording(),
                () ->
                    Server.start(
                        CommandLine.populateCommand(
                            new ServerOptions(), "--home", home.path().toString(), "--port", "0"),
                        false))) {
      operations =
          server
              .application()
              .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
              .getHandlerMethods();
      output =
          Script.of(text)
              .run(Map.of("LODISC", server.url(), "PATH", java + ":" + System.getenv("PATH")));
    }
  }

  @Test
  void everyOperationIsAskedForWithSuccess() {
    Set<String> all = new TreeSet<>();
    operations.forEach(
        (info, handler) ->
            info.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api/v1"))
                .forEach(pattern -> all.add(name(handler, pattern))));
    Set<String> asked =
        recorder.exchanges().stream()
            .filter(exchange -> exchange.handler() != null && exchange.status() < 400)
            .map(exchange -> name(exchange.handler(), exchange.pattern()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(all).isNotEmpty();
    assertThat(asked).as("operations with an example in " + DOCUMENT).containsAll(all);
  }

  @Test
  void nothingIsRefusedButWhatIsSaidToBe() {
    assertThat(recorder.exchanges())
        .filteredOn(exchange -> exchange.status() >= 400)
        .extracting(Exchange::response)
        .satisfiesExactly(
            answer -> assertThat(answer).contains("urn:lodisc:problem:not-a-picture"),
            answer -> assertThat(answer).contains("urn:lodisc:problem:unknown-field"));
  }

  @Test
  void everyTypeOfProblemIsListedWithItsStatus() {
    List<String> listed =
        Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d{3}) \\| ")
            .matcher(text)
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();

    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(Problem.values())
                .map(
                    problem ->
                        problem.type().toString().replaceFirst(".*:", "")
                            + " "
                            + problem.status().value())
                .toList());
  }

  @Test
  void everyJsonThatWasSentIsAsTheContractSays() throws Exception {
    Contract contract = Contract.read();
    List<String> errors = new ArrayList<>();
    bodies(contract)
        .forEach(
            sent ->
                sent.body()
                    .ifPresentOrElse(
                        body -> errors.addAll(contract.errors(body, sent.json())),
                        () -> errors.add("not in the contract: " + sent)));
    assertThat(errors).isEmpty();

    Body promotion = contract.request("PUT", "/api/v1/models/{alias}").orElseThrow();
    assertThat(
            contract.errors(
                promotion, JsonMapper.shared().readTree("{\"checkpoint\": 1, \"more\": 2}")))
        .hasSize(2);
  }

  /** With {@code -Dlodisc.openapi=write} the examples become those of this run. */
  @Test
  void everyJsonBodyOfTheContractHasAnExampleThatIsAsItSays() throws Exception {
    Contract contract = Contract.read();
    if ("write".equals(System.getProperty("lodisc.openapi"))) {
      bodies(contract)
          .reversed() // the first of a kind stays
          .stream()
          .filter(sent -> sent.exchange().status() < 300)
          .forEach(sent -> sent.body().ifPresent(body -> body.show(sent.json())));
      contract.write();
    }

    assertThat(contract.bodies())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            body -> {
              assertThat(body.content().has("example"))
                  .as("%s has an example, which this writes: %s", body.name(), WRITE)
                  .isTrue();
              assertThat(contract.errors(body, body.content().get("example"))).isEmpty();
            });
  }

  private record Sent(Exchange exchange, Optional<Body> body, String text) {

    JsonNode json() {
      return JsonMapper.shared().readTree(text);
    }
  }

  /** Requests that were taken, and all answers, if they are JSON. */
  private static List<Sent> bodies(Contract contract) {
    List<Sent> bodies = new ArrayList<>();
    for (Exchange e : recorder.exchanges()) {
      if (e.request() != null && e.status() < 400) {
        bodies.add(new Sent(e, contract.request(e.method(), e.pattern()), e.request()));
      }
      if (e.response() != null) {
        bodies.add(
            new Sent(e, contract.response(e.method(), e.pattern(), e.status()), e.response()));
      }
    }
    return bodies;
  }

  @Test
  void theProgramsInPythonAndJavaPrintWhatTheyFound() throws Exception {
    assertThat(output).containsPattern("48 pictures imported\n 1 0\\.\\d{4} \\S+ 1f98.\n 2 ");
    assertThat(output).containsPattern("48 pictures imported\n 1 0\\.\\d{4} \\S+\n 2 ");
    for (String file : List.of("client.py", "Client.java")) {
      assertThat(text)
          .contains("\n" + Files.readString(Home.PROJECT.resolve("docs/examples/" + file)) + "```");
    }
  }

  private static String name(HandlerMethod handler, String pattern) {
    return handler.getShortLogMessage() + " " + pattern;
  }

  /** Lets an application record from its start. */
  private static final class Recording
      implements SpringApplicationHook, SpringApplicationRunListener {

    @Override
    public SpringApplicationRunListener getRunListener(SpringApplication application) {
      return this;
    }

    @Override
    public void contextPrepared(ConfigurableApplicationContext prepared) {
      prepared.getBeanFactory().registerSingleton("recorder", recorder);
    }
  }
}
