import type { Finding } from '@autodevops/domain/finding';
import type { Series } from '@autodevops/domain/signal';
import { formatDuration } from '@autodevops/domain/duration';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { signalBecause } from '../../evidence/signal-cause.ts';
import { labelledObject } from '../../reading/measures/labelled-object.ts';
import { metricName } from '../../reading/measures/metric-name.ts';
import { said } from '../../reading/said.ts';
import { isPresent, rawPoints } from '../../reading/measures/series-values.ts';
import type { Analyzer } from '../analyzer.ts';
import { certificateExpired, certificateExpiring, targetDown } from './codes.ts';

const day = 86_400_000;
const expiryNames = [
  'probe_ssl_earliest_cert_expiry',
  'x509_cert_not_after',
  'ssl_cert_not_after',
  'certmanager_certificate_expiration_timestamp_seconds',
  'ssl_certificate_expiry_seconds',
  'cert_exporter_not_after_timestamp',
];

function checkTarget(snapshot: Snapshot, series: Series): Finding[] {
  if (metricName(series) !== 'up') return [];
  const points = rawPoints(series);
  const recent = points.values.slice(-3);
  const before = points.values.slice(0, -3);
  if (!isPresent(snapshot, points) || recent.length < 3 || recent.some((v) => v !== 0)) return [];
  // What never was up in all that time is a target that nobody minds.
  if (!before.includes(1)) return [];
  const object: ObjectRef = labelledObject(snapshot, series.labels) ?? {
    apiVersion: '',
    kind: 'Metric',
    namespace: '',
    name: `up ${series.labels['job'] ?? ''}`.trim(),
    uid: '',
  };
  const since = points.times[points.values.findLastIndex((v) => v === 1) + 1];
  return [
    finding(targetDown, {
      object,
      confidence: 'medium',
      cause: `The monitoring has not been able to scrape ${refText(object)} (job "${said(series.labels['job'] ?? '', 80)}") in its last ${points.values.length - 1 - points.values.findLastIndex((v) => v === 1)} tries.`,
      since: since === undefined ? '' : new Date(since).toISOString(),
      evidence: [fromSeries(series, object, `last values ${recent.join(', ')}`)],
      because: signalBecause('limit', [object]),
      generic: true,
      facet: series.labels['job'] ?? '',
    }),
  ];
}

function certificateObject(snapshot: Snapshot, series: Series): ObjectRef {
  const { labels } = series;
  const name =
    labels['exported_name'] ??
    labels['name'] ??
    labels['secret_name'] ??
    labels['instance'] ??
    labels['subject_CN'] ??
    metricName(series);
  const namespace = labels['exported_namespace'] ?? labels['secret_namespace'] ?? labels['namespace'] ?? '';
  if (metricName(series).startsWith('certmanager_')) {
    return { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', namespace, name, uid: '' };
  }
  if (labels['secret_name'] !== undefined) return { apiVersion: 'v1', kind: 'Secret', namespace, name, uid: '' };
  // A probe's `instance` is the address that was probed; the pod in its labels is the prober.
  return metricName(series).startsWith('probe_')
    ? { apiVersion: '', kind: 'Endpoint', namespace: '', name: said(name, 200), uid: '' }
    : (labelledObject(snapshot, labels) ?? {
        apiVersion: '',
        kind: 'Metric',
        namespace: '',
        name: said(name, 200),
        uid: '',
      });
}

function checkCertificate(snapshot: Snapshot, series: Series): Finding[] {
  if (!expiryNames.includes(metricName(series))) return [];
  const points = rawPoints(series);
  const end = (points.values.at(-1) ?? 0) * 1000;
  // 0 means that there is none yet.
  if (!isPresent(snapshot, points) || end <= 0 || end > 1e14 || end - snapshot.now > 7 * day) return [];
  const object = certificateObject(snapshot, series);
  const left = end - snapshot.now;
  const when = new Date(end).toISOString();
  const cause =
    left > 0
      ? `The certificate of ${refText(object)} expires in ${formatDuration(left)}, at ${when}.`
      : `The certificate of ${refText(object)} expired ${formatDuration(-left)} ago, at ${when}.`;
  return [
    finding(left > 0 ? certificateExpiring : certificateExpired, {
      object,
      cause,
      since: left > 0 ? '' : when,
      evidence: [fromSeries(series, object, `${points.values.at(-1)} (${when})`)],
      because: signalBecause('limit', [object]),
      generic: true,
      facet: series.labels['cn'] ?? '',
    }),
  ];
}

/** Metrics that say by themselves that something is down or ends. */
export const metricState: Analyzer = {
  name: 'metric-state',
  codes: [targetDown, certificateExpiring, certificateExpired],
  analyze: (snapshot) =>
    snapshot.series.flatMap((series) => [...checkTarget(snapshot, series), ...checkCertificate(snapshot, series)]),
};
