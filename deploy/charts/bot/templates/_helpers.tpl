{{- define "autodevops.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "autodevops.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "autodevops.labels" -}}
{{ include "autodevops.selector" . }}
app.kubernetes.io/component: bot
app.kubernetes.io/part-of: autodevops
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "autodevops.serviceAccount" -}}
{{- default (ternary (include "autodevops.fullname" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "autodevops.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What the restricted Pod Security Standard asks of a pod, and of a container. */}}
{{- define "autodevops.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "autodevops.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* What is the process's own: caches and state go where it may write. */}}
{{- define "autodevops.ownFolders" -}}
- {name: HOME, value: /tmp}
- {name: TMPDIR, value: /tmp}
{{- end -}}

{{- define "autodevops.environment" -}}
{{- range .Values.environment }}
- name: {{ .name }}
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: {{ .key }}}}
{{- end }}
{{- end -}}

{{- define "autodevops.secretMounts" -}}
{{- range .Values.secrets }}
- {name: secret-{{ .folder }}, mountPath: /run/secrets/autodevops/{{ .folder }}, readOnly: true}
{{- end }}
{{- end -}}

{{- define "autodevops.secretVolumes" -}}
{{- range .Values.secrets }}
- name: secret-{{ .folder }}
  secret: {secretName: {{ .secret }}, defaultMode: 0440}
{{- end }}
{{- end -}}

{{- define "autodevops.placement" -}}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: {matchLabels: {app.kubernetes.io/instance: {{ $.Release.Name }}, app.kubernetes.io/name: {{ default $.Chart.Name $.Values.nameOverride }}}}
  {{- end }}
{{- end -}}

{{- define "autodevops.store" -}}
{{- dig "store" "kind" "sqlite" .Values.configuration -}}
{{- end -}}

{{- define "autodevops.transport" -}}
{{- dig "transport" "kind" "socket" .Values.configuration -}}
{{- end -}}

{{/* Two behind HTTP on PostgreSQL; one in Socket Mode, where each replica keeps connections of its own, and on SQLite. */}}
{{- define "autodevops.replicas" -}}
{{- if .Values.replicas -}}
{{- .Values.replicas -}}
{{- else -}}
{{- ternary 2 1 (and (eq (include "autodevops.transport" .) "http") (eq (include "autodevops.store" .) "postgres")) -}}
{{- end -}}
{{- end -}}

{{/* The whole document: what people gave, and where the chart says that it listens. */}}
{{- define "autodevops.configuration" -}}
{{- $own := dict "inside" (dict "host" "0.0.0.0" "port" 9090) -}}
{{- if eq (include "autodevops.transport" .) "http" -}}
{{- $_ := set $own "transport" (dict "host" "0.0.0.0" "port" 8090) -}}
{{- end -}}
{{- $usual := dict "store" (dict "kind" "sqlite" "file" "/var/lib/autodevops/bot.db") -}}
{{- if eq (include "autodevops.store" .) "postgres" -}}
{{- $usual = dict -}}
{{- end -}}
{{- mergeOverwrite $usual (deepCopy .Values.configuration) $own | toYaml -}}
{{- end -}}

{{/* What the schema of the values cannot say. */}}
{{- define "autodevops.check" -}}
{{- if eq (include "autodevops.store" .) "sqlite" -}}
{{- if not (hasPrefix "/var/lib/autodevops/" (dig "store" "file" "/var/lib/autodevops/bot.db" .Values.configuration)) -}}
{{- fail "configuration.store.file has to lie in the volume: /var/lib/autodevops/NAME.db." -}}
{{- end -}}
{{- if gt (int (include "autodevops.replicas" .)) 1 -}}
{{- fail "Several replicas need PostgreSQL: give configuration.store, or set replicas to 1." -}}
{{- end -}}
{{- end -}}
{{- if .Values.migration.enabled -}}
{{- if not (and .Values.migration.role .Values.migration.owner (eq (include "autodevops.store" .) "postgres")) -}}
{{- fail "migration needs a store in PostgreSQL, migration.role and migration.owner." -}}
{{- end -}}
{{- end -}}
{{- range $name, $_ := .Values.podLabels -}}
{{- if regexMatch "^(app\\.kubernetes\\.io|helm\\.sh)/" $name -}}
{{- fail (printf "podLabels: %s is one of the labels that the chart gives its pods itself." $name) -}}
{{- end -}}
{{- end -}}
{{- range $name, $_ := .Values.files -}}
{{- if eq $name "config.yaml" -}}
{{- fail "files: config.yaml is what `configuration` becomes." -}}
{{- end -}}
{{- end -}}
{{- $folders := list -}}
{{- range .Values.secrets -}}
{{- if has .folder $folders -}}
{{- fail (printf "secrets: something is mounted as the folder %s already." .folder) -}}
{{- end -}}
{{- $folders = append $folders .folder -}}
{{- end -}}
{{- $variables := list "HOME" "TMPDIR" -}}
{{- range .Values.environment -}}
{{- if has .name $variables -}}
{{- fail (printf "environment: the variable %s has a value already." .name) -}}
{{- end -}}
{{- $variables = append $variables .name -}}
{{- end -}}
{{- end -}}
