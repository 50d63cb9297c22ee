import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A Deployment and what it is configured with. Nothing runs a pod on a control plane, so that only zero replicas become
 * ready; without a history, so that going back is a rollout with a deadline of its own. No registry is asked.
 */
const templates = {
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: {{ .Values.replicas }}
  progressDeadlineSeconds: {{ .Values.deadline }}
  revisionHistoryLimit: 0
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: app, image: "{{ .Values.image }}:{{ .Values.tag }}", imagePullPolicy: Never, command: [sleep, "100000"]}
`,
  'templates/configuration.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  tag: {{ .Values.tag | quote }}
`,
};

/** The files of a chart called web, by their paths in it. */
export function chartFiles(version: string, tag: string): Readonly<Record<string, string>> {
  return {
    'Chart.yaml': `apiVersion: v2\nname: web\nversion: ${version}\n`,
    'values.yaml': `replicas: 0\ndeadline: 5\nimage: web\ntag: ${JSON.stringify(tag)}\n`,
    ...templates,
  };
}

export function writeChart(folder: string, version: string, tag: string): void {
  for (const [path, text] of Object.entries(chartFiles(version, tag))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
