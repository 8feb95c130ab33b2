package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.lodisc.deployment.kubernetes.Rendered.PodOf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;

/** What every pod of the chart must have, with whatever values. */
class PodsTest {

  private static final String MATRIX = "io.lodisc.deployment.kubernetes.Rendered#matrix";
  private static final Pattern IMAGE =
      Pattern.compile(
          "(?:[a-z0-9.:-]+/)*lodisc/([a-z-]+):([A-Za-z0-9_.-]+)(@sha256:[a-f0-9]{64})?");

  @ParameterizedTest
  @MethodSource(MATRIX)
  void everyPodIsThere(Rendered rendered) {
    assertThat(rendered.pods())
        .extracting(PodOf::component)
        .contains("training", "inference", "retrieval", "worker", "test");
  }

  /** As the pod security standard "restricted" asks, and the root file system is read-only too. */
  @ParameterizedTest
  @MethodSource(MATRIX)
  void noPodHasARight(Rendered rendered) {
    for (PodOf pod : rendered.pods()) {
      PodSecurityContext all = pod.spec().getSecurityContext();
      assertThat(all.getRunAsNonRoot()).as("%s", pod).isTrue();
      assertThat(all.getRunAsUser()).as("%s", pod).isEqualTo(10001);
      assertThat(all.getRunAsGroup()).as("%s", pod).isEqualTo(10001);
      assertThat(all.getFsGroup()).as("%s", pod).isEqualTo(10001);
      assertThat(all.getSeccompProfile().getType()).as("%s", pod).isEqualTo("RuntimeDefault");
      assertThat(pod.spec().getAutomountServiceAccountToken()).as("%s", pod).isFalse();
      assertThat(pod.spec().getHostNetwork()).as("%s", pod).isNull();
      assertThat(pod.spec().getHostPID()).as("%s", pod).isNull();
      assertThat(pod.spec().getInitContainers()).as("%s", pod).isEmpty();
      for (Container container : pod.spec().getContainers()) {
        SecurityContext own = container.getSecurityContext();
        assertThat(own.getAllowPrivilegeEscalation()).as("%s", pod).isFalse();
        assertThat(own.getReadOnlyRootFilesystem()).as("%s", pod).isTrue();
        assertThat(own.getPrivileged()).as("%s", pod).isNull();
        assertThat(own.getRunAsUser()).as("%s", pod).isNull();
        assertThat(own.getCapabilities().getDrop()).as("%s", pod).containsExactly("ALL");
        assertThat(own.getCapabilities().getAdd()).as("%s", pod).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void everyContainerHasRequestsAndLimits(Rendered rendered) {
    for (PodOf pod : rendered.pods()) {
      Map<String, Quantity> requests = pod.container().getResources().getRequests();
      Map<String, Quantity> limits = pod.container().getResources().getLimits();
      for (String resource : List.of("cpu", "memory")) {
        assertThat(requests).as("%s", pod).containsKey(resource);
        assertThat(limits).as("%s", pod).containsKey(resource);
        assertThat(limits.get(resource).getNumericalAmount())
            .as("%s", pod)
            .isGreaterThanOrEqualTo(requests.get(resource).getNumericalAmount());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void noImageMoves(Rendered rendered) {
    for (PodOf pod : rendered.pods()) {
      assertThat(pod.container().getImage()).as("%s", pod).matches(IMAGE);
      assertThat(pod.container().getImage()).as("%s", pod).doesNotContain(":latest");
    }
  }

  @Test
  void theImagesAreOfThisVersionUnlessAnotherIsAskedFor() {
    String version = System.getProperty("lodisc.version");
    assertThat(Rendered.of("default").pods())
        .extracting(pod -> pod.container().getImage())
        .allMatch(image -> image.endsWith("-service:" + version));
    assertThat(Rendered.of("private").pods())
        .extracting(pod -> pod.container().getImage())
        .allMatch(i -> i.matches("registry.example.com:5000/mirror/lodisc/.*:0.1.0@sha256:.*"));
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void whatLastsIsProbedOnItsManagementPort(Rendered rendered) {
    for (PodOf pod : rendered.pods()) {
      Container container = pod.container();
      if (pod.isLasting()) {
        isProbed(container, container.getStartupProbe(), "/actuator/health/liveness");
        isProbed(container, container.getLivenessProbe(), "/actuator/health/liveness");
        isProbed(container, container.getReadinessProbe(), "/actuator/health/readiness");
      } else {
        assertThat(container.getPorts()).as("%s", pod).isEmpty();
        assertThat(pod.spec().getRestartPolicy()).as("%s", pod).isEqualTo("Never");
      }
    }
  }

  private static void isProbed(Container container, Probe probe, String path) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
    assertThat(container.getPorts()).extracting(ContainerPort::getName).contains("management");
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void aPodMayWriteWhereItsProgramWrites(Rendered rendered) {
    for (PodOf pod : rendered.pods()) {
      List<Volume> volumes = pod.spec().getVolumes();
      List<VolumeMount> mounts = pod.container().getVolumeMounts();
      assertThat(mounts)
          .as("%s", pod)
          .extracting(VolumeMount::getName)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(volumes.stream().map(Volume::getName).toList());
      if (!pod.component().equals("test")) {
        for (String folder : List.of("/tmp", "/var/lib/lodisc")) {
          assertThat(mounts)
              .as("%s", pod)
              .anyMatch(m -> m.getMountPath().equals(folder) && m.getReadOnly() == null);
        }
        assertThat(pod.variable("LODISC_HOME").orElseThrow().getValue())
            .isEqualTo("/var/lib/lodisc");
      }
      assertThat(volumes)
          .filteredOn(volume -> volume.getEmptyDir() != null)
          .as("%s", pod)
          .allMatch(volume -> volume.getEmptyDir().getSizeLimit() != null);
    }
  }

  /** Else the variables of a Service named lodisc-training would be settings of lodisc.training. */
  @ParameterizedTest
  @MethodSource(MATRIX)
  void noVariablesOfServicesComeIn(Rendered rendered) {
    assertThat(rendered.pods()).allMatch(pod -> !pod.spec().getEnableServiceLinks());
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void whoServesMayFinishWhatItHasBegun(Rendered rendered) {
    for (String component : List.of("training", "inference", "retrieval")) {
      PodOf pod = rendered.pods(component).findFirst().orElseThrow();
      Duration drain = duration(pod, "LODISC_DRAIN");
      Duration phase = duration(pod, "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE");
      assertThat(drain).isPositive();
      assertThat(phase).as("the drain is a part of a phase").isGreaterThan(drain);
      assertThat(grace(pod)).isGreaterThan(drain.plus(phase));
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void aWorkerMayWriteItsCheckpoint(Rendered rendered) {
    Duration cancelGrace = Duration.ofSeconds(10); // after which it is killed
    Duration phase = Duration.ofSeconds(30);
    for (PodOf pod : rendered.pods("worker").toList()) {
      Duration pause = duration(pod, "LODISC_TRAINING_PAUSE_GRACE");
      assertThat(grace(pod)).isGreaterThan(pause.plus(cancelGrace).plus(phase));
      assertThat(pod.metadata().getAnnotations())
          .containsEntry("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
    }
  }

  @ParameterizedTest
  @MethodSource(MATRIX)
  void noServiceIsAwayWhileItIsRolledOut(Rendered rendered) {
    for (Deployment deployment : rendered.all(Deployment.class)) {
      assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
    }
    if (!rendered.values().at("/inference/gpu").asBoolean()) {
      assertThat(rendered.pods("inference").findFirst().orElseThrow().owner())
          .extracting(owner -> ((Deployment) owner).getSpec().getStrategy().getRollingUpdate())
          .satisfies(
              rollout -> {
                assertThat(rollout.getMaxUnavailable().getIntVal()).isZero();
                assertThat(rollout.getMaxSurge().getIntVal()).isPositive();
              });
    }
  }

  @Test
  void gpusAreForTheProgramsThatWereBuiltForThem() {
    for (Rendered rendered : Rendered.matrix()) {
      for (PodOf pod : rendered.pods()) {
        boolean gpu = pod.container().getResources().getLimits().containsKey("nvidia.com/gpu");
        assertThat(pod.container().getImage().contains("-gpu:")).as("%s", pod).isEqualTo(gpu);
        if (pod.component().equals("worker")) {
          assertThat(pod.variable("LODISC_TRAINING_WORKER_GPU").orElseThrow().getValue())
              .as("%s", pod)
              .isEqualTo(Boolean.toString(gpu));
        }
      }
    }
    Rendered rendered = Rendered.of("gpu");
    for (PodOf pod :
        List.of(
            rendered.pods("worker").findFirst().orElseThrow(),
            rendered.pods("inference").findFirst().orElseThrow())) {
      assertThat(pod.container().getResources().getLimits().get("nvidia.com/gpu").getAmount())
          .isEqualTo("1");
      assertThat(pod.spec().getTolerations())
          .anyMatch(t -> t.getKey().equals("nvidia.com/gpu") && t.getEffect().equals("NoSchedule"));
      assertThat(pod.spec().getNodeSelector()).hasSize(1);
      assertThat(pod.spec().getRuntimeClassName()).isEqualTo("nvidia");
    }
  }

  /** A pod that KEDA started is a Job's: it ends by itself, and an eviction is no failure. */
  @Test
  void workersForTheQueueEndByThemselves() {
    List<PodOf> workers = Rendered.of("keda").pods("worker").toList();
    assertThat(workers).hasSize(2);
    for (PodOf pod : workers) {
      assertThat(duration(pod, "LODISC_TRAINING_WORKER_EXIT_AFTER_IDLE")).isPositive();
      assertThat(pod.spec().getRestartPolicy()).isEqualTo("Never");
      Keda.ScaledJobSpec spec = ((Keda.ScaledJob) pod.owner()).spec;
      assertThat(spec.rollout().strategy()).isEqualTo(Keda.RolloutStrategy.gradual);
      assertThat(spec.jobTargetRef().getPodFailurePolicy().getRules())
          .singleElement()
          .satisfies(
              rule -> {
                assertThat(rule.getAction()).isEqualTo("Ignore");
                assertThat(rule.getOnPodConditions().getFirst().getType())
                    .isEqualTo("DisruptionTarget");
              });
    }
    assertThat(Rendered.of("default").pods("worker"))
        .allMatch(pod -> pod.variable("LODISC_TRAINING_WORKER_EXIT_AFTER_IDLE").isEmpty());
  }

  private static Duration duration(PodOf pod, String variable) {
    return DurationStyle.detectAndParse(pod.variable(variable).orElseThrow().getValue());
  }

  private static Duration grace(PodOf pod) {
    return Duration.ofSeconds(pod.spec().getTerminationGracePeriodSeconds());
  }
}
