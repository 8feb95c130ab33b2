package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That what is wrong does not pass for right. */
class ManifestsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {apiVersion: apps/v1, kind: Deployment, spec: {replica: 1}}            | replica
          {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{prots: []}]}}}} | prots
          {apiVersion: v1, kind: Service, spec: {ports: [{port: 80, targetPrt: 80}]}}   | targetPrt
          {apiVersion: v1, kind: Service, speck: {}}                             | speck
          {apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {endpoint: []}} | endpoint
          {apiVersion: keda.sh/v1alpha1, kind: ScaledJob, spec: {pollInterval: 3}} | pollInterval
          {apiVersion: keda.sh/v1alpha1, kind: ScaledJob, spec: {jobTargetRef: {templte: {}}}} | templte
          {apiVersion: apps/v1beta1, kind: Deployment}                           | apps/v1beta1
          """)
  void aFieldThatAKindDoesNotHaveIsRefused(String object, String field) {
    assertThatThrownBy(() -> Manifests.object(Manifests.documents(object).getFirst()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
  }

  @ParameterizedTest
  @CsvSource("'{apiVersion: v1, kind: Service, kind: Pod}'")
  void aKeyMustNotBeThereTwice(String yaml) {
    assertThatThrownBy(() -> Manifests.documents(yaml)).hasMessageContaining("kind");
  }
}
