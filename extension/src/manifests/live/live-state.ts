import { printable } from '@autodevops/domain/printable';
import { t } from '../../language/translate.ts';
import { fieldAt, listAt, textAt } from '../reading/field-value.ts';

function condition(value: unknown): string {
  const [type, status, reason, message] = ['type', 'status', 'reason', 'message'].map((field) => textAt(value, field));
  return [`${type}=${status}`, reason, message].filter((part) => part !== '').join(' · ');
}

/** Good ones say so by `True`, except those that are named after what is wrong. */
function isBad(value: unknown): boolean {
  const [type, status] = [textAt(value, 'type'), textAt(value, 'status')];
  return /Pressure|Failed|Failure|Unavailable|Stalled|Degraded/.test(type) ? status === 'True' : status === 'False';
}

function counts(object: unknown): readonly string[] {
  const wanted = textAt(object, 'spec', 'replicas') || textAt(object, 'status', 'desiredNumberScheduled');
  const ready = textAt(object, 'status', 'readyReplicas') || textAt(object, 'status', 'numberReady') || '0';
  return wanted === '' ? [] : [t('{0} of {1} ready', ready, wanted)];
}

function ofService(object: unknown): readonly string[] {
  const ports = listAt(object, 'spec', 'ports').map(
    (port) => `${textAt(port, 'port')} → ${textAt(port, 'targetPort')}`,
  );
  return textAt(object, 'kind') === 'Service' ? [`${textAt(object, 'spec', 'clusterIP')} · ${ports.join(', ')}`] : [];
}

function owner(object: unknown): readonly string[] {
  const own = listAt(object, 'metadata', 'ownerReferences').find((one) => fieldAt(one, ['controller']) === true);
  return own === undefined ? [] : [t('owned by {0} {1}', textAt(own, 'kind'), textAt(own, 'name'))];
}

/** How an object stands, in a few lines of plain text. */
export function stateLines(object: unknown): readonly string[] {
  const phase = textAt(object, 'status', 'phase');
  const bad = listAt(object, 'status', 'conditions').filter(isBad).map(condition);
  return [...(phase === '' ? [] : [phase]), ...counts(object), ...ofService(object), ...owner(object), ...bad].map(
    (line) => printable(line).slice(0, 300),
  );
}

/** The newest events, oldest first. */
export function eventLines(events: readonly unknown[], most = 3): readonly string[] {
  const when = (event: unknown): string =>
    textAt(event, 'series', 'lastObservedTime') || textAt(event, 'lastTimestamp') || textAt(event, 'eventTime');
  return events
    .toSorted((a, b) => (when(a) < when(b) ? -1 : 1))
    .slice(-most)
    .map((event) =>
      printable(`${when(event).slice(11, 19)} ${textAt(event, 'reason')}: ${textAt(event, 'message')}`).slice(0, 300),
    );
}
