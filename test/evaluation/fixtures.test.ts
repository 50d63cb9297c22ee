import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../agent-core/src/analyzers/catalogue.ts';
import { analyzers } from '../../agent-core/src/analyzers/registry.ts';
import { diagnoseSnapshot } from '../../agent-core/src/jamie/diagnose.ts';
import { readFixtures } from '../../packages/testkit/src/fixture.ts';
import type { Fixture } from '../../packages/testkit/src/fixture.ts';
import { betterCauses, healthyForOneOnly } from './fixture-exceptions.ts';

/** Each analyzer's fixtures before all analyzers and the engine: what one says alone must also be the answer. */
const all = analyzers.flatMap(({ name }) => {
  const folder = new URL(`../../agent-core/src/analyzers/${name}/fixtures/`, import.meta.url);
  return existsSync(folder) ? readFixtures(folder).map((fixture) => ({ id: `${name}/${fixture.name}`, fixture })) : [];
});

/** The one code above the line that a fixture shows; undefined when it shows none or several. */
function onlyCode({ expected }: Fixture): string | undefined {
  const [one, ...more] = expected;
  if (one === undefined || more.length > 0 || (one.standing ?? 'current') !== 'current') return undefined;
  return (one.severity ?? catalogue.get(one.code)?.severity) === 'info' ? undefined : one.code;
}

describe('a single fault', () => {
  const single = all.flatMap(({ id, fixture }) => {
    const code = onlyCode(fixture);
    return code === undefined ? [] : [{ id, fixture, code }];
  });

  it.each(single)('$id', ({ id, fixture, code }) => {
    const [first] = diagnoseSnapshot(fixture.snapshot).causes;
    expect(first?.code).toBe(betterCauses[id] ?? code);
    if (first?.code !== code) expect(first?.symptoms.map((s) => s.code)).toContain(code);
  });
});

describe('a healthy fixture', () => {
  const healthy = all.filter(({ fixture }) => fixture.expected.length === 0);

  it.each(healthy)('$id', ({ id, fixture }) => {
    const known = healthyForOneOnly[id];
    const { causes } = diagnoseSnapshot(fixture.snapshot);
    expect(causes.map((c) => c.code)).toEqual(known === undefined ? [] : [known[0]]);
  });
});

it('lists no exception that is none', () => {
  const ids = new Set(all.map(({ id }) => id));
  expect([...Object.keys(betterCauses), ...Object.keys(healthyForOneOnly)].filter((id) => !ids.has(id))).toEqual([]);
});
