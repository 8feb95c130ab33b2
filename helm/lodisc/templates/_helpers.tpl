{{- define "lodisc.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Short enough for what is appended to it. */}}
{{- define "lodisc.fullname" -}}
{{- $name := include "lodisc.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "lodisc.selector" -}}
app.kubernetes.io/name: {{ include "lodisc.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "lodisc.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{ include "lodisc.selector" . }}
{{- end -}}

{{/* A program's image. Parameters: root, program. */}}
{{- define "lodisc.image" -}}
{{- $image := .root.Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
{{ $image.repository }}/{{ .program }}:{{ default .root.Chart.AppVersion $image.tag }}
{{- end -}}

{{- define "lodisc.databaseUrl" -}}
{{- with .Values.database -}}
jdbc:postgresql://{{ .host }}:{{ .port }}/{{ .name }}?sslmode={{ .sslMode }}
{{- end -}}
{{- end -}}

{{/* Where the data is, as the programs' variables name it. */}}
{{- define "lodisc.data" -}}
LODISC_DATABASE_URL: {{ include "lodisc.databaseUrl" . | quote }}
{{- with .Values.blobs.s3 }}
{{- if .bucket }}
LODISC_BLOBS_S3_BUCKET: {{ .bucket | quote }}
{{- with .region }}
LODISC_BLOBS_S3_REGION: {{ . | quote }}
{{- end }}
{{- if ne (toString .pathStyle) "auto" }}
LODISC_BLOBS_S3_PATH_STYLE: {{ .pathStyle | quote }}
{{- end }}
{{- with .endpoint }}
LODISC_BLOBS_S3_ENDPOINT: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "lodisc.databaseLogin" -}}
{{- with .Values.database -}}
- name: LODISC_DATABASE_USER
  valueFrom: {secretKeyRef: {name: {{ .existingSecret }}, key: {{ .userKey }}}}
- name: LODISC_DATABASE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ .existingSecret }}, key: {{ .passwordKey }}}}
{{- end -}}
{{- end -}}

{{- define "lodisc.blobsClaim" -}}
{{- default (printf "%s-blobs" (include "lodisc.fullname" .)) .Values.blobs.volume.existingClaim -}}
{{- end -}}

{{- define "lodisc.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "lodisc.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* How long a service that has drained may take with what it has begun. Parameters: root, values. */}}
{{- define "lodisc.shutdownSeconds" -}}
{{- if .port }}{{ max .values.shutdownSeconds (add .root.Values.drainSeconds 5) }}{{ end -}}
{{- end -}}

{{/*
A program's pod. Parameters: root, component, values (the component's), program (the image),
management (its port); port if it serves, else grace (seconds); where it has them: pool, gpu, data
(database and blobs), datasets, env (a list), once (it ends by itself).
*/}}
{{- define "lodisc.pod" -}}
{{- $root := .root -}}
{{- $values := .values -}}
{{- $fullname := include "lodisc.fullname" $root -}}
{{- $s3 := $root.Values.blobs.s3 -}}
metadata:
  labels:
    {{- include "lodisc.selector" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
    {{- with .pool }}
    lodisc.io/pool: {{ . }}
    {{- end }}
  annotations:
    {{- if .data }}
    checksum/data: {{ include "lodisc.data" $root | sha256sum }}
    {{- end }}
    {{- if eq .component "worker" }}
    cluster-autoscaler.kubernetes.io/safe-to-evict: "false"
    {{- end }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ $fullname }}-{{ .component }}
  automountServiceAccountToken: false
  # Else a Service's variables would be taken for the program's properties.
  enableServiceLinks: false
  {{- $shutdown := include "lodisc.shutdownSeconds" . | int }}
  terminationGracePeriodSeconds: {{ .grace | default (add $root.Values.drainSeconds $shutdown 20) }}
  {{- if .once }}
  restartPolicy: Never
  {{- end }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- if .gpu }}
  {{- with $root.Values.gpu.runtimeClassName }}
  runtimeClassName: {{ . }}
  {{- end }}
  {{- end }}
  securityContext:
    {{- include "lodisc.podSecurity" $root | nindent 4 }}
  {{- if not .once }}
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      matchLabelKeys: [pod-template-hash]
      labelSelector:
        matchLabels:
          {{- include "lodisc.selector" $root | nindent 10 }}
          app.kubernetes.io/component: {{ $.component }}
          {{- with $.pool }}
          lodisc.io/pool: {{ . }}
          {{- end }}
    {{- end }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ .component }}
      image: {{ include "lodisc.image" (dict "root" $root "program" .program) }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      securityContext:
        {{- include "lodisc.containerSecurity" $root | nindent 8 }}
      {{- if .data }}
      envFrom:
        - configMapRef: {name: {{ $fullname }}-data}
      {{- end }}
      env:
        - name: LODISC_HOME
          value: /var/lib/lodisc
        {{- with $root.Values.tracing.endpoint }}
        - name: MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT
          value: {{ . | quote }}
        {{- end }}
        {{- if .port }}
        - name: LODISC_DRAIN
          value: {{ $root.Values.drainSeconds }}s
        - name: SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE
          value: {{ $shutdown }}s
        {{- end }}
        {{- if .data }}
        {{- include "lodisc.databaseLogin" $root | nindent 8 }}
        {{- if and $s3.bucket $s3.existingSecret }}
        - name: LODISC_BLOBS_S3_ACCESS_KEY
          valueFrom: {secretKeyRef: {name: {{ $s3.existingSecret }}, key: {{ $s3.accessKeyKey }}}}
        - name: LODISC_BLOBS_S3_SECRET_KEY
          valueFrom: {secretKeyRef: {name: {{ $s3.existingSecret }}, key: {{ $s3.secretKeyKey }}}}
        {{- end }}
        {{- end }}
        {{- if and .datasets $root.Values.datasets.existingClaim }}
        - name: LODISC_TRAINING_DATASET_ROOTS
          value: /datasets
        {{- end }}
        {{- with .env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        {{- with .port }}
        - {name: http, containerPort: {{ . }}}
        {{- end }}
        - {name: management, containerPort: {{ .management }}}
      startupProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 5
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: management}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      resources:
        requests:
          {{- toYaml $values.resources.requests | nindent 10 }}
        limits:
          {{- toYaml $values.resources.limits | nindent 10 }}
          {{- if .gpu }}
          {{ $root.Values.gpu.resource }}: "1"
          {{- end }}
      volumeMounts:
        - {name: home, mountPath: /var/lib/lodisc}
        - {name: tmp, mountPath: /tmp}
        {{- if and .data (not $s3.bucket) }}
        - {name: blobs, mountPath: /var/lib/lodisc/blobs}
        {{- end }}
        {{- if and .datasets $root.Values.datasets.existingClaim }}
        - {name: datasets, mountPath: /datasets, readOnly: true}
        {{- end }}
  volumes:
    - name: home
      emptyDir: {sizeLimit: {{ $values.scratch }}}
    - name: tmp
      emptyDir: {sizeLimit: {{ $values.scratch }}}
    {{- if and .data (not $s3.bucket) }}
    - name: blobs
      persistentVolumeClaim: {claimName: {{ include "lodisc.blobsClaim" $root }}}
    {{- end }}
    {{- if and .datasets $root.Values.datasets.existingClaim }}
    - name: datasets
      persistentVolumeClaim: {claimName: {{ $root.Values.datasets.existingClaim }}, readOnly: true}
    {{- end }}
{{- end -}}
