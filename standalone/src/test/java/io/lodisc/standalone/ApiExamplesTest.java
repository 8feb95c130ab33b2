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
import tools.jackson.databind.json.JsonMapper;

/** The lines of docs/api.md, run as they stand, and what was asked and answered meanwhile. */
class ApiExamplesTest {

  private static final String DOCUMENT = "docs/api.md";

  private static final Recorder recorder = new Recorder();
  private static String text;
  private static String output;
  private static Map<RequestMappingInfo, HandlerMethod> operations;

  @BeforeAll
  static void runTheLines() throws Exception {
    text = Files.readString(Home.PROJECT.resolve(DOCUMENT));
    Path java = Path.of(System.getProperty("java.home"), "bin");
    System.setProperty("lodisc.project", Home.PROJECT.toString());
    Application application = new Application();
    try (Home home = Home.make();
        Server server =
            SpringApplication.withHook(
                application,
                () ->
                    Server.start(
                        CommandLine.populateCommand(
                            new ServerOptions(), "--home", home.path().toString(), "--port", "0"),
                        false))) {
      operations =
          application
              .context
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

    assertThat(all).hasSizeGreaterThan(40);
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
    for (Exchange exchange : recorder.exchanges()) {
      if (Recorder.isJson(exchange.requestType()) && exchange.status() < 400) {
        check(
            contract,
            contract.request(exchange.method(), exchange.pattern()),
            exchange,
            exchange.request(),
            errors);
      }
      if (exchange.response() != null) {
        check(
            contract,
            contract.response(exchange.method(), exchange.pattern(), exchange.status()),
            exchange,
            exchange.response(),
            errors);
      }
    }
    assertThat(errors).isEmpty();
  }

  private static void check(
      Contract contract, Optional<Body> body, Exchange exchange, String json, List<String> errors) {
    body.ifPresentOrElse(
        known -> errors.addAll(contract.errors(known, JsonMapper.shared().readTree(json))),
        () ->
            errors.add(
                "%s %s %d is not in the contract"
                    .formatted(exchange.method(), exchange.pattern(), exchange.status())));
  }

  /** With -Dlodisc.openapi=write the examples are those of this run. */
  @Test
  void everyJsonBodyOfTheContractHasAnExampleThatIsAsItSays() throws Exception {
    Contract contract = Contract.read();
    if ("write".equals(System.getProperty("lodisc.openapi"))) {
      recorder.exchanges().reversed().stream()
          .filter(exchange -> exchange.status() < 300)
          .forEach(
              exchange -> {
                if (exchange.request() != null && Recorder.isJson(exchange.requestType())) {
                  contract
                      .request(exchange.method(), exchange.pattern())
                      .ifPresent(
                          body ->
                              body.content().set("example", Contract.example(exchange.request())));
                }
                if (exchange.response() != null) {
                  contract
                      .response(exchange.method(), exchange.pattern(), exchange.status())
                      .ifPresent(
                          body ->
                              body.content().set("example", Contract.example(exchange.response())));
                }
              });
      contract.write();
    }
    assertThat(contract.bodies())
        .isNotEmpty()
        .allSatisfy(
            body -> {
              assertThat(body.content().has("example")).as(body.name()).isTrue();
              assertThat(contract.errors(body, body.content().get("example"))).isEmpty();
            });
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

  /** Takes the application as it starts, and lets it record. */
  private static final class Application
      implements SpringApplicationHook, SpringApplicationRunListener {

    private ConfigurableApplicationContext context;

    @Override
    public SpringApplicationRunListener getRunListener(SpringApplication application) {
      return this;
    }

    @Override
    public void contextPrepared(ConfigurableApplicationContext prepared) {
      context = prepared;
      context.getBeanFactory().registerSingleton("recorder", recorder);
    }
  }
}
