package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.lodisc.deployment.kubernetes.Rendered.PodOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may talk to whom, worked out as a cluster does. */
class NetworkPoliciesTest {

  private static final String NAMESPACE = "kubernetes.io/metadata.name";
  private static final List<Integer> PORTS =
      List.of(53, 80, 443, 4318, 5432, 8081, 8082, 8083, 9000, 9081, 9082, 9083);
  private static final Set<String> CALLS =
      Set.of("inference > training 8081", "retrieval > inference 8082");

  /** Somebody in the cluster. */
  private record Somebody(String name, String namespace, Map<String, String> labels) {}

  private static final Somebody DATABASE =
      new Somebody("database", "databases", Map.of("app", "postgresql"));
  private static final Somebody NEIGHBOUR = new Somebody("neighbour", "databases", Map.of());
  private static final Somebody COLLECTOR = new Somebody("collector", "monitoring", Map.of());
  private static final Somebody PROXY = new Somebody("proxy", "traefik", Map.of());
  private static final Somebody STRANGER = new Somebody("stranger", "other", Map.of());

  @Test
  void amongItsOwnPodsOnlyTheTwoCallsAreAllowed() {
    for (Rendered rendered : Rendered.matrix()) {
      if (!rendered.name().equals("private")) {
        assertThat(flows(rendered, own(rendered), own(rendered)))
            .as("%s", rendered)
            .isEqualTo(CALLS);
      }
    }
  }

  @Test
  void theTestReachesEveryServiceAndItsHealth() {
    Rendered rendered = Rendered.of("default");
    assertThat(flows(rendered, test(), own(rendered)))
        .contains(
            "test > training 8081",
            "test > inference 8082",
            "test > retrieval 8083",
            "test > training 9081",
            "test > inference 9082",
            "test > retrieval 9083");
  }

  @Test
  void theDatabaseIsForThoseWithData() {
    assertThat(flows(Rendered.of("keda"), own(Rendered.of("keda")), List.of(DATABASE, NEIGHBOUR)))
        .isEqualTo(
            Set.of(
                "training > database 53",
                "training > neighbour 53",
                "training > database 5432",
                "worker > database 53",
                "worker > neighbour 53",
                "worker > database 5432",
                "inference > database 53",
                "inference > neighbour 53",
                "retrieval > database 53",
                "retrieval > neighbour 53",
                "retrieval > database 5432",
                "migration > database 53",
                "migration > neighbour 53",
                "migration > database 5432"));
  }

  @Test
  void fromOutsideOnlyTheProxyComesInAndOnlyToServices() {
    Rendered rendered = Rendered.of("ingress");
    assertThat(flows(rendered, List.of(PROXY), own(rendered)))
        .contains("proxy > training 8081", "proxy > inference 8082", "proxy > retrieval 8083");
    assertThat(flows(rendered, List.of(STRANGER), own(rendered)))
        .as("metrics, as nobody was named who may read them")
        .isEqualTo(
            Set.of(
                "stranger > training 9081",
                "stranger > worker 9081",
                "stranger > inference 9082",
                "stranger > retrieval 9083"));
  }

  @Test
  void metricsAreForWhoWasNamed() {
    Rendered rendered = Rendered.of("monitoring");
    assertThat(flows(rendered, List.of(STRANGER, PROXY), own(rendered))).isEmpty();
    assertThat(flows(rendered, List.of(COLLECTOR), own(rendered)))
        .isEqualTo(
            Set.of(
                "collector > training 9081",
                "collector > worker 9081",
                "collector > inference 9082",
                "collector > retrieval 9083"));
    assertThat(flows(rendered, own(rendered), List.of(COLLECTOR)))
        .contains("training > collector 4318", "worker > collector 4318")
        .contains("inference > collector 4318", "retrieval > collector 4318")
        .doesNotContain("migration > collector 4318");
    assertThat(flows(rendered, own(rendered), List.of(STRANGER)))
        .noneMatch(flow -> flow.endsWith(" 4318"));
  }

  @Test
  void theBucketIsForThoseWithData() {
    Rendered rendered = Rendered.of("s3");
    assertThat(rendered.all(NetworkPolicy.class))
        .filteredOn(
            policy ->
                policy.getSpec().getEgress().stream()
                    .anyMatch(
                        e ->
                            e.getPorts().getFirst().getPort().getIntVal() == 9000
                                && e.getTo()
                                    .getFirst()
                                    .getIpBlock()
                                    .getCidr()
                                    .equals("10.20.0.0/16")))
        .extracting(policy -> policy.getMetadata().getName())
        .containsExactlyInAnyOrder("lodisc-training", "lodisc-worker", "lodisc-retrieval");
    assertThat(flows(Rendered.of("s3-role"), own(rendered), List.of(STRANGER)))
        .contains("worker > stranger 443")
        .doesNotContain("inference > stranger 443", "migration > stranger 443");
  }

  private static List<Somebody> own(Rendered rendered) {
    List<Somebody> all = new ArrayList<>();
    for (PodOf pod : rendered.pods()) {
      if (!pod.component().equals("test")) {
        all.add(new Somebody(pod.component(), "lodisc", pod.metadata().getLabels()));
      }
    }
    return all;
  }

  private static List<Somebody> test() {
    PodOf pod = Rendered.of("default").pods("test").findFirst().orElseThrow();
    return List.of(new Somebody("test", "lodisc", pod.metadata().getLabels()));
  }

  private static Set<String> flows(Rendered rendered, List<Somebody> from, List<Somebody> to) {
    List<NetworkPolicy> policies = rendered.all(NetworkPolicy.class);
    assertThat(policies).allMatch(p -> p.getSpec().getPolicyTypes().size() == 2);
    Set<String> flows = new TreeSet<>();
    for (Somebody caller : from) {
      for (Somebody called : to) {
        for (int port : PORTS) {
          if (leaves(policies, caller, called, port) && enters(policies, caller, called, port)) {
            flows.add("%s > %s %d".formatted(caller.name(), called.name(), port));
          }
        }
      }
    }
    return flows;
  }

  private static boolean leaves(List<NetworkPolicy> all, Somebody from, Somebody to, int port) {
    List<NetworkPolicy> policies = of(all, from);
    return policies.isEmpty()
        || policies.stream()
            .flatMap(policy -> policy.getSpec().getEgress().stream())
            .anyMatch(rule -> names(rule.getPorts(), port) && names(rule.getTo(), to));
  }

  private static boolean enters(List<NetworkPolicy> all, Somebody from, Somebody to, int port) {
    List<NetworkPolicy> policies = of(all, to);
    return policies.isEmpty()
        || policies.stream()
            .flatMap(policy -> policy.getSpec().getIngress().stream())
            .anyMatch(rule -> names(rule.getPorts(), port) && names(rule.getFrom(), from));
  }

  /** The policies of a pod; they are the release's namespace's. */
  private static List<NetworkPolicy> of(List<NetworkPolicy> policies, Somebody pod) {
    return policies.stream()
        .filter(policy -> pod.namespace().equals("lodisc"))
        .filter(policy -> matches(policy.getSpec().getPodSelector(), pod.labels()))
        .toList();
  }

  private static boolean names(List<NetworkPolicyPort> ports, int port) {
    return ports.stream().anyMatch(p -> p.getPort().getIntVal() == port);
  }

  private static boolean names(List<NetworkPolicyPeer> peers, Somebody somebody) {
    return peers.isEmpty() || peers.stream().anyMatch(peer -> isMeant(peer, somebody));
  }

  private static boolean isMeant(NetworkPolicyPeer peer, Somebody somebody) {
    if (peer.getIpBlock() != null) {
      return false; // none of these has an address
    }
    boolean namespace =
        peer.getNamespaceSelector() == null
            ? somebody.namespace().equals("lodisc")
            : matches(peer.getNamespaceSelector(), Map.of(NAMESPACE, somebody.namespace()));
    return namespace
        && (peer.getPodSelector() == null || matches(peer.getPodSelector(), somebody.labels()));
  }

  private static boolean matches(LabelSelector selector, Map<String, String> labels) {
    assertThat(selector.getMatchExpressions()).isEmpty();
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
  }
}
