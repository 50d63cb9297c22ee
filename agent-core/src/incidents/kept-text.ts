import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import { oneLine } from '@autodevops/domain/printable';
import { redactStart } from '@autodevops/domain/redact';
import type { Digest } from '../changes/simulating/digest.ts';

/** More of one text is not even looked at. */
const longestRead = 20_000;

/** Foreign text as an incident keeps it: without secrets, on one line, cut. */
export function keptText(text: string, length: number = incidentBounds.text): string {
  return oneLine(redactStart(text, longestRead), length);
}

/** What tells things apart, kept as it is where that can be; where it is cut or masked, a digest still tells it from others. */
export function keptKey(text: string, digest: Digest): string {
  const kept = keptText(text, incidentBounds.key);
  return kept === text ? text : `${kept.slice(0, 200)} ${digest(text).slice(0, 64)}`;
}
