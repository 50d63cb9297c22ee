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
app.kubernetes.io/component: agent
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

{{- define "autodevops.replicas" -}}
{{- default 1 .Values.replicas -}}
{{- end -}}

{{- define "autodevops.store" -}}
{{- $memory := dig "agents" "jamie" "memory" "sqlite:///var/lib/autodevops/jamie.db" .Values.configuration -}}
{{- ternary "sqlite" "postgres" (hasPrefix "sqlite://" $memory) -}}
{{- end -}}

{{/* The whole document: what people gave, and what the chart says of where it runs and listens. */}}
{{- define "autodevops.configuration" -}}
{{- $tls := dict "certificate" "/run/secrets/autodevops/tls/tls.crt" "key" "/run/secrets/autodevops/tls/tls.key" -}}
{{- if .Values.tls.clientAuthority -}}
{{- $_ := set $tls "clientAuthority" "/run/secrets/autodevops/client-authority/ca.crt" -}}
{{- end -}}
{{- $own := dict "mode" "cloud" "cluster" (dict "type" "in-cluster") "listen" (dict "kind" "tcp" "host" "0.0.0.0" "port" 7443 "tls" $tls) -}}
{{- $usual := dict "agents" (dict "jamie" (dict "memory" "sqlite:///var/lib/autodevops/jamie.db")) -}}
{{- mergeOverwrite $usual (deepCopy .Values.configuration) $own | toYaml -}}
{{- end -}}

{{/* What the schema of the values cannot say. */}}
{{- define "autodevops.check" -}}
{{- $memory := dig "agents" "jamie" "memory" "sqlite:///var/lib/autodevops/jamie.db" .Values.configuration -}}
{{- if regexMatch "^postgres(ql)?://[^/@]*:[^/@]*@|[?&]password=" $memory -}}
{{- fail "configuration.agents.jamie.memory holds a password, which would stand in a ConfigMap: leave it out, and give PGPASSWORD under `environment` from a Secret." -}}
{{- end -}}
{{- if and (eq (include "autodevops.store" .) "sqlite") (not (hasPrefix "sqlite:///var/lib/autodevops/" $memory)) -}}
{{- fail "configuration.agents.jamie.memory has to lie in the volume: sqlite:///var/lib/autodevops/NAME.db." -}}
{{- end -}}
{{- if and (eq (include "autodevops.store" .) "sqlite") (gt (int (include "autodevops.replicas" .)) 1) -}}
{{- fail "Several replicas need PostgreSQL: give its address as configuration.agents.jamie.memory, or set replicas to 1." -}}
{{- end -}}
{{- if and (eq (include "autodevops.store" .) "postgres") (dig "audit" "checkpoints" "" .Values.configuration) -}}
{{- fail "configuration.audit.checkpoints needs a key that stays beside the store, so a store in SQLite." -}}
{{- end -}}
{{- if .Values.migration.enabled -}}
{{- if not (and .Values.migration.role .Values.migration.owner (eq (include "autodevops.store" .) "postgres")) -}}
{{- fail "migration needs a store in PostgreSQL, migration.role and migration.owner." -}}
{{- end -}}
{{- end -}}
{{- range .Values.rbac.scarlet -}}
{{- if and (eq .role "nodes") (not .everywhere) -}}
{{- fail "rbac.scarlet: nodes have no namespace; give the role `nodes` everywhere: true, or leave it out." -}}
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
{{- if and .Values.rbac.create (not .Values.serviceAccount.create) (has .Values.serviceAccount.name (list "" "default")) -}}
{{- fail "serviceAccount: name an account of the agent's own; the account `default` is that of every pod of the namespace, and each of them would get its rights." -}}
{{- end -}}
{{- $roles := list -}}
{{- range .Values.rbac.scarlet -}}
{{- if has .role $roles -}}
{{- fail (printf "rbac.scarlet: the role %s stands there twice; give it once, with all of its namespaces." .role) -}}
{{- end -}}
{{- $roles = append $roles .role -}}
{{- end -}}
{{- $folders := list "tls" "client-authority" -}}
{{- range .Values.secrets -}}
{{- if has .folder $folders -}}
{{- fail (printf "secrets: something is mounted as the folder %s already." .folder) -}}
{{- end -}}
{{- $folders = append $folders .folder -}}
{{- end -}}
{{- $variables := list "AUTODEVOPS_CONFIG" "POD_NAMESPACE" "POD_NAME" "HOME" "TMPDIR" -}}
{{- range .Values.environment -}}
{{- if has .name $variables -}}
{{- fail (printf "environment: the variable %s has a value already." .name) -}}
{{- end -}}
{{- $variables = append $variables .name -}}
{{- end -}}
{{- end -}}
