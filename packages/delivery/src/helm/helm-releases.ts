import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import type { HelmOptions, HelmReleases, HelmRevision, HelmRollback } from '@autodevops/domain/ports/helm-releases';
import { redact } from '@autodevops/domain/redact';
import { runHelm } from './helm-program.ts';
import type { HelmChoice, HelmEnded } from './helm-program.ts';

const lookMs = 60_000;
/** Hooks of a chart are waited for by Helm; this is a little more than it is told to wait. */
const rollbackMs = 330_000;
const hooksWait = '5m0s';

/** What `helm history --output json` prints: https://helm.sh/docs/helm/helm_history/ */
const History = z.array(z.looseObject({ revision: z.int().min(1), status: z.string().max(60) }));

function said({ said: words, code }: HelmEnded): string {
  return oneLine(redact(words), 300) || `exit code ${code ?? 'none'}`;
}

/** Names that Helm itself allows: no option, no path. */
function checkNames(namespace: string, release: string): void {
  const good =
    /^[a-z0-9]([a-z0-9.-]{0,51}[a-z0-9])?$/.test(release) && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace);
  if (!good) {
    throw new AutoDevOpsError(
      'change.refused',
      `"${oneLine(`${namespace}/${release}`, 120)}" is not the name of a release.`,
      'Name it as `helm list` does.',
    );
  }
}

/** What kept Helm from looking, by the words of the API server and of Helm's own client. */
function failureOf({ said: words }: HelmEnded): ErrorCode {
  if (/\bis forbidden: User\b/.test(words)) return 'cluster.forbidden';
  return /Kubernetes cluster unreachable/.test(words) ? 'cluster.unreachable' : 'cluster.server-error';
}

async function newest(
  choice: HelmChoice,
  { namespace, release }: Pick<HelmRollback, 'namespace' | 'release'>,
  options: HelmOptions,
): Promise<HelmRevision | undefined> {
  checkNames(namespace, release);
  const ended = await runHelm(
    ['history', release, '--namespace', namespace, '--max', '1', '--output', 'json'],
    choice,
    { ...options, withinMs: lookMs },
  );
  if (ended.code !== 0) {
    if (/release: not found/.test(ended.said)) return undefined;
    throw new AutoDevOpsError(
      failureOf(ended),
      `Helm does not tell the revisions of ${namespace}/${release}: ${said(ended)}.`,
      'See that the cluster is reachable and that Helm may read its Secrets.',
    );
  }
  const read = History.safeParse(parsed(ended.output));
  const last = read.data?.at(-1);
  if (last === undefined) {
    throw new AutoDevOpsError(
      'cluster.bad-answer',
      `Helm tells the revisions of ${namespace}/${release} in a form that is not known.`,
      'See which version of Helm this is.',
    );
  }
  return { revision: last.revision, status: last.status };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function rollback(choice: HelmChoice, operation: HelmRollback, options: HelmOptions): Promise<void> {
  const { namespace, release, revision } = operation;
  const name = `Helm release ${namespace}/${release}`;
  const before = await newest(choice, operation, options);
  if (before === undefined) {
    throw new AutoDevOpsError('change.refused', `There is no ${name}.`, 'Diagnose again; the cluster has changed.');
  }
  if (before.revision !== operation.newest) {
    throw new AutoDevOpsError(
      'cluster.conflict',
      `${name} is at revision ${before.revision}, not at ${operation.newest}.`,
      'Plan it again.',
    );
  }
  const args = ['rollback', release, String(revision), '--namespace', namespace, '--timeout', hooksWait];
  const ended = await runHelm(args, choice, { ...options, withinMs: rollbackMs });
  if (ended.code !== 0) {
    throw new AutoDevOpsError(
      'cluster.outcome-unknown',
      `The rollback of ${name} to revision ${revision} did not end well: ${said(ended)}.`,
      'See `helm history` for what became of it.',
    );
  }
}

/** Releases by the `helm` program of this machine. What Helm prints of values and manifests is never asked for. */
export function helmReleases(choice: HelmChoice = {}): HelmReleases {
  return {
    newest: async (namespace, release, options) => await newest(choice, { namespace, release }, options),
    rollback: async (operation, options) => await rollback(choice, operation, options),
  };
}
