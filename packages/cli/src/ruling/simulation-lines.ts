import type { AgentClient } from '@autodevops/agentd/client';
import { counted } from '@autodevops/domain/count-words';
import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';

export type Simulated = Awaited<ReturnType<AgentClient['simulatePolicy']>>;

function changeLines(
  { id, will, was, wouldBe, direction, decision: { voices } }: Simulated['different'][number],
  look: Look,
): readonly string[] {
  const head = `${id}  ${was} ${symbol(look, 'arrow')} ${wouldBe} (${direction})`;
  const strictest = voices.filter(({ tier }) => tier === wouldBe);
  return [
    paint(look, direction === 'looser' ? 'red' : 'yellow', head),
    ...hang('   ', will.join(' '), look.columns),
    ...strictest
      .flatMap(({ rule, why }) => hang(`   ${symbol(look, 'bar')} `, `${rule}: ${why}`, look.columns))
      .map((line) => paint(look, 'dim', line)),
  ];
}

/** Past changes that would have come out otherwise, those that are looser first, and what was left out of account. */
export function simulationLines(
  { changes, same, older, different, version }: Simulated,
  look: Look,
): readonly string[] {
  const looser = different.filter(({ direction }) => direction === 'looser').length;
  const end =
    changes === 0
      ? 'No change was ever decided here, so there is nothing to compare with.'
      : different.length === 0
        ? `${counted(changes, 'past change')}: each decided as it was.`
        : `${counted(changes, 'past change')}: ${same} the same, ${looser} looser, ${different.length - looser} stricter.`;
  return [
    ...different.flatMap((change) => [...changeLines(change, look), '']),
    ...hang('', end, look.columns).map((line) => paint(look, looser > 0 ? 'red' : 'green', line)),
    ...(older ? hang('', 'There are older changes, which were left out.', look.columns) : []),
    ...hang('', 'Days are taken as quiet: no kill switch, no broken glass.', look.columns).map((line) =>
      paint(look, 'dim', line),
    ),
    paint(look, 'dim', `policy ${version.slice(0, 12)}`),
  ];
}
