package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The Ingress leads each request to the program that answers it. */
class RoutesTest {

  private static final List<HTTPIngressPath> PATHS =
      Rendered.of("ingress")
          .all(Ingress.class)
          .getFirst()
          .getSpec()
          .getRules()
          .getFirst()
          .getHttp()
          .getPaths();

  @Test
  void everyPathOfAControllerLeadsToItsService() throws Exception {
    Map<String, String> found = new TreeMap<>();
    for (String service : List.of("training", "inference", "retrieval")) {
      for (String path : paths("io.lodisc." + service)) {
        found.put(path, service);
        assertThat(route(path)).as(path).isEqualTo("lodisc-" + service);
      }
    }
    assertThat(found)
        .containsEntry("/api/v1/checkpoints:import", "training")
        .containsEntry("/api/v1/embeddings", "inference")
        .containsEntry("/api/v1/collections/x/items:import", "retrieval");
  }

  @Test
  void thePageIsTheRetrievalServices() {
    assertThat(route("/")).isEqualTo("lodisc-retrieval");
    assertThat(route("/index.html")).isEqualTo("lodisc-retrieval");
  }

  /**
   * As Kubernetes documents it: the exact path first, then the longest prefix of whole elements.
   */
  private static String route(String path) {
    return PATHS.stream()
        .filter(p -> matches(p, path))
        .max(
            Comparator.comparing((HTTPIngressPath p) -> p.getPathType().equals("Exact"))
                .thenComparing(p -> p.getPath().length()))
        .orElseThrow()
        .getBackend()
        .getService()
        .getName();
  }

  private static boolean matches(HTTPIngressPath rule, String path) {
    if (rule.getPathType().equals("Exact")) {
      return path.equals(rule.getPath());
    }
    assertThat(rule.getPathType()).isEqualTo("Prefix");
    List<String> wanted = elements(rule.getPath());
    List<String> asked = elements(path);
    return asked.size() >= wanted.size() && asked.subList(0, wanted.size()).equals(wanted);
  }

  private static List<String> elements(String path) {
    return Arrays.stream(path.split("/")).filter(element -> !element.isEmpty()).toList();
  }

  /** The paths of a package's controllers, with x for each variable. */
  private static List<String> paths(String folder) throws ClassNotFoundException {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    List<String> paths = new ArrayList<>();
    for (BeanDefinition found : scan.findCandidateComponents(folder)) {
      Class<?> controller = Class.forName(found.getBeanClassName());
      for (String start : mapped(MergedAnnotations.from(controller))) {
        Arrays.stream(controller.getDeclaredMethods())
            .map(MergedAnnotations::from)
            .filter(annotations -> annotations.isPresent(RequestMapping.class))
            .flatMap(annotations -> mapped(annotations).stream())
            .map(end -> (start + end).replaceAll("\\{[^}]*}", "x"))
            .forEach(paths::add);
      }
    }
    assertThat(paths).as(folder).isNotEmpty();
    return paths;
  }

  private static List<String> mapped(MergedAnnotations annotations) {
    String[] paths =
        annotations
            .get(RequestMapping.class)
            .getValue("path", String[].class)
            .orElse(new String[0]);
    return paths.length == 0 ? List.of("") : List.of(paths);
  }
}
