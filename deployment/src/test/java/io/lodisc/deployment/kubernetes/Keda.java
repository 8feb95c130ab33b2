package io.lodisc.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.List;
import java.util.Map;

/** What KEDA's resource definitions (2.20) have of the kinds that the chart uses. */
final class Keda {

  private Keda() {}

  /** What both kinds have. */
  @JsonDeserialize(using = JsonDeserializer.None.class) // HasMetadata has one for known kinds
  abstract static class Resource implements HasMetadata {

    public String apiVersion;
    public String kind;
    public ObjectMeta metadata;

    @Override
    public String getApiVersion() {
      return apiVersion;
    }

    @Override
    public void setApiVersion(String version) {
      apiVersion = version;
    }

    @Override
    public String getKind() {
      return kind;
    }

    @Override
    public ObjectMeta getMetadata() {
      return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
      this.metadata = metadata;
    }
  }

  /** Starts a Job for what waits. */
  static final class ScaledJob extends Resource {
    public ScaledJobSpec spec;
  }

  record ScaledJobSpec(
      JobSpec jobTargetRef,
      Integer pollingInterval,
      Integer minReplicaCount,
      Integer maxReplicaCount,
      Integer successfulJobsHistoryLimit,
      Integer failedJobsHistoryLimit,
      String envSourceContainerName,
      Rollout rollout,
      ScalingStrategy scalingStrategy,
      List<Trigger> triggers) {}

  record Rollout(RolloutStrategy strategy, Propagation propagationPolicy) {}

  enum RolloutStrategy {
    gradual,
    immediate
  }

  enum Propagation {
    foreground,
    background
  }

  record ScalingStrategy(
      Strategy strategy, List<String> pendingPodConditions, String multipleScalersCalculation) {}

  enum Strategy {
    eager,
    accurate,
    custom
  }

  record Trigger(
      String type,
      String name,
      String metricType,
      Boolean useCachedMetrics,
      Map<String, String> metadata,
      AuthenticationRef authenticationRef) {}

  record AuthenticationRef(String name, String kind) {}

  /** What a trigger logs in with. */
  static final class TriggerAuthentication extends Resource {
    public TriggerAuthenticationSpec spec;
  }

  record TriggerAuthenticationSpec(List<SecretTarget> secretTargetRef) {}

  record SecretTarget(String parameter, String name, String key) {}
}
