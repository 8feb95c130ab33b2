package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.lodisc.deployment.kubernetes.Rendered.PodOf;
import io.lodisc.training.TrainingProperties;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The variables of the pods are settings that the programs have. */
class EnvironmentTest {

  private static final Set<String> known = new TreeSet<>();

  @BeforeAll
  static void whatTheProgramsKnow() throws Exception {
    ofClasses();
    for (String name : List.of("lodisc-web", "lodisc-inference", "lodisc-retrieval")) {
      Properties defaults = new Properties();
      defaults.load(resource(name + ".properties").openStream());
      defaults.stringPropertyNames().forEach(EnvironmentTest::know);
    }
    Pattern variable = Pattern.compile("\\$\\{([A-Z_]+)");
    for (URL file : resources("application.yaml")) {
      Matcher names = variable.matcher(read(file));
      while (names.find()) {
        known.add(names.group(1));
      }
    }
    for (URL file : resources("META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : new ObjectMapper().readTree(file.openStream()).path("properties")) {
        know(property.path("name").asText());
      }
    }
    assertThat(known)
        .contains("LODISC_HOME", "LODISC_TRAINING_ROLES", "LODISC_DATABASE_URL")
        .contains("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE");
  }

  @ParameterizedTest
  @MethodSource("io.lodisc.deployment.kubernetes.Rendered#matrix")
  void everyVariableIsASetting(Rendered rendered) {
    Set<String> unknown = new TreeSet<>();
    for (PodOf pod : rendered.pods()) {
      for (EnvVar variable : pod.container().getEnv()) {
        unknown.add(variable.getName());
      }
    }
    rendered.all(ConfigMap.class).forEach(map -> unknown.addAll(map.getData().keySet()));
    unknown.removeAll(known);
    assertThat(unknown).isEmpty();
  }

  /** By the name alone Spring could still take the value for nothing. */
  @Test
  void whatAWorkerIsToldArrives() {
    Rendered rendered = Rendered.of("keda");
    PodOf gpu =
        rendered
            .pods("worker")
            .filter(p -> p.toString().endsWith("-gpu"))
            .findFirst()
            .orElseThrow();
    TrainingProperties bound = bound(gpu);
    assertThat(bound.roles()).containsExactly(TrainingProperties.Role.WORKER);
    assertThat(bound.worker().gpu()).isTrue();
    assertThat(bound.worker().memory().toMegabytes()).isEqualTo(28_672);
    assertThat(bound.worker().labels()).containsExactly("a100", "big");
    assertThat(bound.worker().exitAfterIdle()).hasSeconds(300);
    assertThat(bound.pauseGrace()).hasSeconds(120);
    assertThat(bound.childMemory()).isEqualTo("4g");
  }

  @Test
  void whatTheApiIsToldArrives() {
    TrainingProperties own =
        bound(Rendered.of("private").pods("training").findFirst().orElseThrow());
    assertThat(own.roles()).containsExactly(TrainingProperties.Role.API);
    assertThat(own.queue().runningPerOwner()).isEqualTo(2);
    TrainingProperties pictures =
        bound(Rendered.of("gpu").pods("training").findFirst().orElseThrow());
    assertThat(pictures.datasetRoots()).hasToString("[/datasets]");
  }

  static TrainingProperties bound(PodOf pod) {
    Map<String, Object> variables = new HashMap<>();
    pod.container().getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    ConfigurationPropertySources.attach(environment);
    return Binder.get(environment)
        .bindOrCreate("lodisc.training", Bindable.of(TrainingProperties.class));
  }

  private static void ofClasses() throws ClassNotFoundException {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    for (BeanDefinition found : scan.findCandidateComponents("io.lodisc")) {
      Class<?> settings = Class.forName(found.getBeanClassName());
      know(settings.getAnnotation(ConfigurationProperties.class).value(), settings);
    }
  }

  private static void know(String prefix, Class<?> settings) {
    for (RecordComponent component : settings.getRecordComponents()) {
      String name = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1");
      if (component.getType().isRecord()) {
        know(name, component.getType());
      } else {
        know(name.toLowerCase(Locale.ROOT));
      }
    }
  }

  private static void know(String property) {
    known.add(property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
  }

  private static URL resource(String name) {
    return EnvironmentTest.class.getClassLoader().getResource(name);
  }

  private static List<URL> resources(String name) throws IOException {
    return Collections.list(EnvironmentTest.class.getClassLoader().getResources(name));
  }

  private static String read(URL file) throws IOException {
    return new String(file.openStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
