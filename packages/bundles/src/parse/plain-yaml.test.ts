import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseGeneralYaml } from './parse-yaml.ts';
import { NotPlain } from './plain-scalar.ts';
import { parsePlainYaml } from './plain-yaml.ts';

function plainOrNothing(text: string): { value: unknown } | undefined {
  try {
    return { value: parsePlainYaml(text) };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

function agrees(text: string): boolean {
  const plain = plainOrNothing(text);
  if (plain !== undefined) expect(plain.value).toEqual(parseGeneralYaml(text));
  return plain !== undefined;
}

const scalar = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', ' ', ':', '#', '\n', '-', '"', "'", '\\', '1', '.', '{', '|', '\t') }),
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '0644',
    '1e3',
    '12:30',
    '10.0.0.1',
    '2026-01-01T00:00:00Z',
    '- a',
    'a: b',
    '0x1f',
    '.5',
    '1_000',
    '+1',
    'y',
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const key = fc.oneof(
  fc.constantFrom('a', 'metadata', 'kubernetes.io/name', 'f:spec', 'k:{"name":"x"}', '.', '1', 'true'),
  fc.string({ minLength: 1 }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
  ),
}));

describe('the plain YAML reader', () => {
  it('reads what it reads as the general parser does, whatever is printed', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.dictionary(key, tree), fc.constantFrom(80, 0, 20), fc.boolean(), (value, lineWidth, indentSeq) => {
        if (agrees(stringify(value, { version: '1.1', lineWidth, indentSeq, aliasDuplicateObjects: false }))) read++;
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(150);
  });

  it('never reads text that is no YAML differently from the general parser', () => {
    const line = fc.constantFrom(
      'a: b',
      '  c: d',
      '- e',
      '  - f: g',
      ' - h',
      'i:',
      '    j',
      '# k',
      '',
      'l: |',
      '   m',
      'n: "o',
      '  p"',
      "q: 'r",
      "  s'",
      't: u: v',
      '- - w',
      '"x": y',
      'z: {}',
      '- |',
      '  more # no',
      'a:b: c',
      '\tx: y',
      '- a: "b"  # c',
      'on: off',
      '!!str a: b',
      '*x : y',
      '? a',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.join('\n');
        const plain = plainOrNothing(text);
        if (plain === undefined) return;
        let general: unknown;
        try {
          general = parseGeneralYaml(text);
        } catch {
          return;
        }
        expect(plain.value).toEqual(general);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [
      'a wrapped plain message',
      'message: back-off 5m0s restarting failed container=app\n  pod=web_shop(1234)\nreason: CrashLoopBackOff\n',
    ],
    ['a wrapped quoted message', 'message: \'containers with unready status:\n\n  [app]\'\nb: "one \\\n  two\\""\n'],
    ['a literal block with empty lines', 'data:\n  run.sh: |\n    #!/bin/sh\n\n    echo "a: b"\n  other: |-\n    x\n'],
    [
      'lists at the indentation of their key',
      'spec:\n  containers:\n  - name: a\n    args:\n    - --x=1\n    - "y"\n  - name: b\n',
    ],
    ['a dictionary in a list in a list', '- - a: 1\n    b: 2\n  - c\n-\n  d: e\n'],
  ])('reads %s', (_, text) => {
    expect(agrees(text)).toBe(true);
  });
});
