import type { Finding } from '@autodevops/domain/finding';
import type { Ingress } from '@autodevops/domain/kubernetes/network';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog } from '../../evidence/finding.ts';
import { logLineTime, newestLogLines } from '../../reading/output/log-lines.ts';
import type { LogLine } from '../../reading/output/log-lines.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { isController } from '../../reading/platform/ingress-controllers.ts';
import { controllerIgnores } from './codes.ts';

/** ingress-nginx: `ignoring ingress shop in web: annotation group ...`. */
const inWords = /\b[Ii]gnoring ingress "?([\w.-]{1,253})"? in (?:namespace )?"?([\w.-]{1,63})"?: (.{1,600})/;
/** Others: `Ignoring Ingress web/shop: ...`. */
const byPath = /\b(?:[Ii]gnoring|[Ss]kipping) [Ii]ngress "?([\w.-]{1,63})\/([\w.-]{1,253})"?:? (.{1,600})/;
const mostLines = 50;

interface Ignored {
  readonly ingress: Ingress;
  readonly why: string;
}

function ignoredIn(snapshot: Snapshot, line: string): Ignored | undefined {
  const words = inWords.exec(line);
  const path = byPath.exec(line);
  const [namespace, name, why] = words === null ? [path?.[1], path?.[2], path?.[3]] : [words[2], words[1], words[3]];
  const ingress = snapshot.get('Ingress', namespace ?? '', name ?? '');
  return ingress === undefined || why === undefined ? undefined : { ingress, why };
}

/** A controller says it once for each change, so the line counts for as long as the Ingress was not changed after it. */
function stillSo(snapshot: Snapshot, ingress: Ingress, line: LogLine): boolean {
  const time = logLineTime(line, snapshot.now);
  return time === undefined || time >= Date.parse(lastChange(ingress));
}

/** Ingresses that a controller says it leaves out. */
export function checkIgnored(snapshot: Snapshot): readonly Finding[] {
  const found = new Map<Ingress, Finding>();
  for (const log of snapshot.parts.logs ?? []) {
    const pod = snapshot.get('Pod', log.namespace, log.pod);
    // Others may print what they like.
    if (pod === undefined || log.previous || !isReady(pod) || !isController(pod)) continue;
    const lines = [...newestLogLines(log, 'gnoring ', mostLines), ...newestLogLines(log, 'kipping ', mostLines)];
    for (const line of lines) {
      const ignored = ignoredIn(snapshot, line.text);
      if (ignored === undefined || found.has(ignored.ingress) || !stillSo(snapshot, ignored.ingress, line)) continue;
      const ref = refTo('Ingress', ignored.ingress);
      const cause = `Ingress "${ref.name}" is left out by its controller, so its hosts are not served: ${said(ignored.why)}.`;
      found.set(
        ignored.ingress,
        finding(controllerIgnores, {
          object: ref,
          cause,
          evidence: [fromLog(refTo('Pod', pod), log.container, false, line.text, line.time)],
          since: lastChange(ignored.ingress),
        }),
      );
    }
  }
  return [...found.values()];
}
