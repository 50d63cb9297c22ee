import type { LocalStatus } from '@autodevops/domain/local-cluster';
import { timeAgo } from '@autodevops/domain/time-ago';
import { cleared } from '../render/cleared.ts';
import { finish } from '../render/change-text.ts';
import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import { hang } from '../terminal/wrap.ts';

const words: Readonly<Record<LocalStatus['phase'], string>> = {
  absent: 'is not there',
  'half-made': 'is half made',
  running: 'runs',
  stopped: 'is stopped',
  'partly-running': 'runs in part',
  foreign: 'was not made from here',
};

function standing({ running, ready }: LocalStatus['nodes'][number]): string {
  if (!running) return 'stopped';
  return ready === undefined ? 'running' : ready ? 'ready' : 'not ready';
}

export function localStatusText(given: LocalStatus, look: Look, now: string): string {
  const { name, phase, ready, next, nodes, server, context, kubeconfig, createdAt, engine, configuration } =
    cleared(given);
  const isWell = phase === 'running' && ready;
  const mark = phase === 'running' ? (ready ? 'fine' : 'inconclusive') : 'note';
  const says = phase === 'running' && !ready ? 'runs, but its API server does not answer' : words[phase];
  const facts = [
    ...(engine === null || nodes.length === 0
      ? []
      : [
          `in ${engine}${createdAt === null ? '' : `, made ${timeAgo(createdAt, now)}`}${configuration === null ? '' : ` from ${configuration}`}`,
        ]),
    ...(server === null ? [] : [`context ${context}, at ${server}`, `its own kubeconfig: ${kubeconfig}`]),
  ];
  return finish(
    [
      paint(look, isWell ? 'green' : 'yellow', `${symbol(look, mark)} The local cluster "${name}" ${says}.`),
      ...facts.flatMap((fact) => hang('   ', fact, look.columns)),
      ...(nodes.length === 0
        ? []
        : [
            '',
            ...table(
              look,
              ['node', 'role', 'state', 'version'],
              nodes.map((node) => [node.name, node.role, standing(node), node.version ?? '']),
            ),
          ]),
      ...(next === '' ? [] : hang(`${symbol(look, 'arrow')} `, next, look.columns)),
    ],
    look,
  );
}
