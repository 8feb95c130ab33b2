package io.lodisc.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * All that the chart makes of some values.
 *
 * @param values the chart's with those of the file over them
 */
record Rendered(String name, JsonNode values, List<HasMetadata> objects) {

  /** A pod, or a template of pods, and what makes them. */
  record PodOf(HasMetadata owner, ObjectMeta metadata, PodSpec spec) {

    String component() {
      return metadata.getLabels().get("app.kubernetes.io/component");
    }

    /** Whether it is to run until it is stopped, or until it sees no more work. */
    boolean isLasting() {
      return owner instanceof Deployment || owner instanceof Keda.ScaledJob;
    }

    Container container() {
      return spec.getContainers().getFirst();
    }

    Optional<EnvVar> variable(String name) {
      return container().getEnv().stream().filter(v -> v.getName().equals(name)).findFirst();
    }

    boolean isSelectedBy(Map<String, String> labels) {
      return metadata.getLabels().entrySet().containsAll(labels.entrySet());
    }

    @Override
    public String toString() {
      return owner.getKind() + " " + owner.getMetadata().getName();
    }
  }

  private static final Map<Path, Rendered> KNOWN = new ConcurrentHashMap<>();

  /** The whole matrix. */
  static List<Rendered> matrix() {
    return Chart.matrix().stream().map(Rendered::of).toList();
  }

  static Rendered of(Path values) {
    return KNOWN.computeIfAbsent(values, Rendered::read);
  }

  static Rendered of(String name) {
    return of(Chart.values(name));
  }

  private static Rendered read(Path file) {
    try {
      JsonNode values = Manifests.YAML.readTree(Chart.FOLDER.resolve("values.yaml").toFile());
      return new Rendered(
          file.getFileName().toString().replace("-values.yaml", ""),
          Manifests.YAML.readerForUpdating(values).readValue(file.toFile()),
          Manifests.documents(Chart.renderWithHooks(file)).stream()
              .map(Manifests::object)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  boolean has(String kind, String name) {
    return objects.stream()
        .anyMatch(o -> o.getKind().equals(kind) && o.getMetadata().getName().equals(name));
  }

  List<PodOf> pods() {
    List<PodOf> pods = new ArrayList<>();
    for (HasMetadata owner : objects) {
      switch (owner) {
        case Pod pod -> pods.add(new PodOf(pod, pod.getMetadata(), pod.getSpec()));
        case Deployment deployment -> pods.add(podOf(owner, deployment.getSpec().getTemplate()));
        case Job job -> pods.add(podOf(owner, job.getSpec().getTemplate()));
        case Keda.ScaledJob job -> pods.add(podOf(owner, job.spec.jobTargetRef().getTemplate()));
        default -> {}
      }
    }
    return pods;
  }

  Stream<PodOf> pods(String component) {
    return pods().stream().filter(pod -> pod.component().equals(component));
  }

  private static PodOf podOf(HasMetadata owner, PodTemplateSpec template) {
    return new PodOf(owner, template.getMetadata(), template.getSpec());
  }

  @Override
  public String toString() {
    return name;
  }
}
