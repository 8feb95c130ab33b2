package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.lodisc.deployment.kubernetes.Rendered.PodOf;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one object says of another is so. */
class ReferencesTest {

  private static final String MATRIX = "io.lodisc.deployment.kubernetes.Rendered#matrix";
  private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final String LABEL = "([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?";

  @ParameterizedTest
  @MethodSource(MATRIX)
  void everyObjectHasANameOfItsOwn(Rendered rendered) {
    assertThat(rendered.objects())
        .extracting(o -> o.getKind() + " " + o.getMetadata().getName())
        .doesNotHaveDuplicates();
    for (HasMetadata object : rendered.objects()) {
      assertThat(object.getMetadata().getName()).matches(NAME);
      assertThat(object.getMetadata().getNamespace()).as("the release's").isNull();
      assertThat(object.getMetadata().getLabels().values()).allMatch(l -> l.matches(LABEL));
      assertThat(object.getMetadata().getLabels())
          .containsEntry("app.kubernetes.io/instance", "lodisc");
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void aDeploymentSelectsItsOwnPodsAndNoOthers(Rendered rendered) {
    for (Deployment deployment : rendered.all(Deployment.class)) {
      assertThat(selected(rendered, deployment.getSpec().getSelector().getMatchLabels()))
          .extracting(PodOf::owner)
          .containsExactly(deployment);
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void aPodIsSpreadAmongItsLikes(Rendered rendered) {
    for (PodOf pod : rendered.pods()) {
      for (TopologySpreadConstraint spread : pod.spec().getTopologySpreadConstraints()) {
        assertThat(selected(rendered, spread.getLabelSelector().getMatchLabels()))
            .containsExactly(pod);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void aServiceLeadsToThePortsOfOneDeployment(Rendered rendered) {
    assertThat(rendered.all(Service.class)).hasSize(3);
    for (Service service : rendered.all(Service.class)) {
      List<PodOf> pods = selected(rendered, service.getSpec().getSelector());
      assertThat(pods).as("%s", service.getMetadata().getName()).hasSize(1);
      assertThat(pods.getFirst().owner()).isInstanceOf(Deployment.class);
      for (ServicePort port : service.getSpec().getPorts()) {
        assertThat(pods.getFirst().container().getPorts())
            .filteredOn(p -> p.getName().equals(port.getTargetPort().getStrVal()))
            .extracting(ContainerPort::getContainerPort)
            .as("%s %s", service.getMetadata().getName(), port.getName())
            .containsExactly(port.getPort());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void whatOneServiceCallsIsAnother(Rendered rendered) {
    callsAService(rendered, "inference", "LODISC_INFERENCE_TRAINING_URL", "training");
    callsAService(rendered, "retrieval", "LODISC_RETRIEVAL_INFERENCE_URL", "inference");
  }

  private static void callsAService(Rendered rendered, String who, String variable, String whom) {
    PodOf pod = rendered.pods(who).findFirst().orElseThrow();
    URI url = URI.create(pod.variable(variable).orElseThrow().getValue());
    Service service = service(rendered, url.getHost());
    assertThat(selected(rendered, service.getSpec().getSelector()))
        .extracting(PodOf::component)
        .containsExactly(whom);
    assertThat(service.getSpec().getPorts())
        .filteredOn(port -> port.getName().equals("http"))
        .extracting(ServicePort::getPort)
        .containsExactly(url.getPort());
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void aBudgetIsForOneDeploymentAndNeverForbidsADrain(Rendered rendered) {
    List<PodDisruptionBudget> budgets = rendered.all(PodDisruptionBudget.class);
    boolean enabled = rendered.values().at("/podDisruptionBudgets/enabled").asBoolean();
    assertThat(budgets).hasSize(enabled ? rendered.all(Deployment.class).size() : 0);
    for (PodDisruptionBudget budget : budgets) {
      assertThat(selected(rendered, budget.getSpec().getSelector().getMatchLabels()))
          .singleElement()
          .extracting(PodOf::owner)
          .isInstanceOf(Deployment.class);
      assertThat(budget.getSpec().getMinAvailable()).isNull();
      assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void anAutoscalerScalesADeploymentThatSaysNoReplicasItself(Rendered rendered) {
    Set<String> scaled = new TreeSet<>();
    for (HorizontalPodAutoscaler scaler : rendered.all(HorizontalPodAutoscaler.class)) {
      assertThat(scaler.getSpec().getScaleTargetRef().getApiVersion()).isEqualTo("apps/v1");
      assertThat(scaler.getSpec().getScaleTargetRef().getKind()).isEqualTo("Deployment");
      assertThat(scaler.getSpec().getMaxReplicas())
          .isGreaterThanOrEqualTo(scaler.getSpec().getMinReplicas());
      scaled.add(scaler.getSpec().getScaleTargetRef().getName());
    }
    for (Deployment deployment : rendered.all(Deployment.class)) {
      boolean isScaled = scaled.remove(deployment.getMetadata().getName());
      assertThat(deployment.getSpec().getReplicas() == null)
          .as(deployment.getMetadata().getName())
          .isEqualTo(isScaled);
    }
    assertThat(scaled).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void monitorsFindEveryProgram(Rendered rendered) {
    if (!rendered.values().at("/monitoring/enabled").asBoolean()) {
      assertThat(rendered.all(ServiceMonitor.class)).isEmpty();
      return;
    }
    ServiceMonitor services = rendered.all(ServiceMonitor.class).getFirst();
    Map<String, String> wanted = services.getSpec().getSelector().getMatchLabels();
    assertThat(rendered.all(Service.class))
        .allMatch(s -> s.getMetadata().getLabels().entrySet().containsAll(wanted.entrySet()))
        .allMatch(
            s ->
                s.getSpec().getPorts().stream()
                    .anyMatch(
                        p ->
                            p.getName()
                                .equals(services.getSpec().getEndpoints().getFirst().getPort())));
    PodMonitor workers = rendered.all(PodMonitor.class).getFirst();
    List<PodOf> pods = selected(rendered, workers.getSpec().getSelector().getMatchLabels());
    assertThat(pods).containsExactlyElementsOf(rendered.pods("worker").toList());
    assertThat(pods)
        .allMatch(
            pod ->
                pod.container().getPorts().stream()
                    .anyMatch(
                        p ->
                            p.getName()
                                .equals(
                                    workers
                                        .getSpec()
                                        .getPodMetricsEndpoints()
                                        .getFirst()
                                        .getPort())));
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void whatIsReferredToIsThereOrTheOperators(Rendered rendered) {
    JsonNode values = rendered.values();
    Set<String> secrets = given(values, "/database/existingSecret", "/blobs/s3/existingSecret");
    secrets.addAll(given(values, "/ingress/tlsSecret"));
    values.at("/image/pullSecrets").forEach(secret -> secrets.add(secret.asText()));
    Set<String> claims = given(values, "/blobs/volume/existingClaim", "/datasets/existingClaim");

    for (PodOf pod : rendered.pods()) {
      for (EnvVar variable : pod.container().getEnv()) {
        if (variable.getValueFrom() != null) {
          assertThat(secrets).contains(variable.getValueFrom().getSecretKeyRef().getName());
        }
      }
      for (EnvFromSource source : pod.container().getEnvFrom()) {
        assertThat(rendered.has("ConfigMap", source.getConfigMapRef().getName())).isTrue();
      }
      for (LocalObjectReference secret : pod.spec().getImagePullSecrets()) {
        assertThat(secrets).contains(secret.getName());
      }
      for (Volume volume : pod.spec().getVolumes()) {
        if (volume.getPersistentVolumeClaim() != null) {
          String claim = volume.getPersistentVolumeClaim().getClaimName();
          assertThat(claims.contains(claim) || rendered.has("PersistentVolumeClaim", claim))
              .as(claim)
              .isTrue();
        }
      }
      if (pod.isLasting()) {
        assertThat(rendered.has("ServiceAccount", pod.spec().getServiceAccountName())).isTrue();
      }
    }
    for (Keda.ScaledJob job : rendered.all(Keda.ScaledJob.class)) {
      String name = job.spec.triggers().getFirst().authenticationRef().name();
      assertThat(rendered.has("TriggerAuthentication", name)).isTrue();
    }
    for (Keda.TriggerAuthentication login : rendered.all(Keda.TriggerAuthentication.class)) {
      assertThat(login.spec.secretTargetRef()).allMatch(s -> secrets.contains(s.name()));
    }
    for (Ingress ingress : rendered.all(Ingress.class)) {
      assertThat(ingress.getSpec().getTls()).allMatch(t -> secrets.contains(t.getSecretName()));
      ingress
          .getSpec()
          .getRules()
          .getFirst()
          .getHttp()
          .getPaths()
          .forEach(
              path ->
                  assertThat(
                          service(rendered, path.getBackend().getService().getName())
                              .getSpec()
                              .getPorts())
                      .extracting(ServicePort::getName)
                      .contains(path.getBackend().getService().getPort().getName()));
    }
  }

  /** Before the first installation nothing of the chart is there, its service accounts neither. */
  @ParameterizedTest
  @MethodSource(MATRIX)
  void aMigrationNeedsNothingOfTheChart(Rendered rendered) {
    boolean enabled = rendered.values().at("/migrations/enabled").asBoolean();
    List<PodOf> migrations = rendered.pods("migration").toList();
    assertThat(migrations).hasSize(enabled ? 2 : 0);
    for (PodOf pod : migrations) {
      assertThat(pod.owner().getMetadata().getAnnotations())
          .containsEntry(Chart.HOOK, "pre-install,pre-upgrade");
      assertThat(pod.container().getArgs()).containsExactly("--lodisc.migrate-only=true");
      assertThat(pod.container().getEnvFrom()).isEmpty();
      assertThat(pod.spec().getServiceAccountName()).isNull();
      assertThat(pod.spec().getVolumes()).allMatch(volume -> volume.getEmptyDir() != null);
      assertThat(pod.variable("LODISC_DATABASE_URL").orElseThrow().getValue())
          .isEqualTo(data(rendered).get("LODISC_DATABASE_URL"));
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void secretsAreOnlyEverReferredTo(Rendered rendered) {
    List<String> secret = List.of("PASSWORD", "SECRET", "ACCESS_KEY", "USER");
    for (PodOf pod : rendered.pods()) {
      assertThat(pod.container().getEnv())
          .filteredOn(variable -> secret.stream().anyMatch(variable.getName()::contains))
          .allMatch(variable -> variable.getValue() == null && variable.getValueFrom() != null);
    }
    assertThat(data(rendered).keySet()).noneMatch(key -> secret.stream().anyMatch(key::contains));
    assertThat(rendered.objects()).noneMatch(object -> object.getKind().equals("Secret"));
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void blobsAreOnOneVolumeOrInTheBucket(Rendered rendered) {
    boolean bucket = !rendered.values().at("/blobs/s3/bucket").asText().isEmpty();
    assertThat(data(rendered).containsKey("LODISC_BLOBS_S3_BUCKET")).isEqualTo(bucket);
    Set<String> claims = new TreeSet<>();
    for (String component : List.of("training", "worker", "retrieval")) {
      for (PodOf pod : rendered.pods(component).toList()) {
        List<Volume> blobs =
            pod.spec().getVolumes().stream().filter(v -> v.getName().equals("blobs")).toList();
        assertThat(blobs).as("%s", pod).hasSize(bucket ? 0 : 1);
        blobs.forEach(volume -> claims.add(volume.getPersistentVolumeClaim().getClaimName()));
      }
    }
    assertThat(claims).hasSize(bucket ? 0 : 1);
    assertThat(rendered.pods("inference").findFirst().orElseThrow().spec().getVolumes())
        .as("it has checkpoints from the training-service")
        .allMatch(volume -> volume.getEmptyDir() != null);
  }

  private static Map<String, String> data(Rendered rendered) {
    return rendered.all(ConfigMap.class).getFirst().getData();
  }

  private static Set<String> given(JsonNode values, String... paths) {
    Set<String> names = new TreeSet<>();
    for (String path : paths) {
      assertThat(values.at(path).isTextual()).as(path).isTrue();
      if (!values.at(path).asText().isEmpty()) {
        names.add(values.at(path).asText());
      }
    }
    return names;
  }

  private static Service service(Rendered rendered, String name) {
    return rendered.all(Service.class).stream()
        .filter(s -> s.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no Service " + name));
  }

  private static List<PodOf> selected(Rendered rendered, Map<String, String> labels) {
    List<PodOf> pods = new ArrayList<>(rendered.pods());
    pods.removeIf(pod -> !pod.isSelectedBy(labels));
    return pods;
  }
}
