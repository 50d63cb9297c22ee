import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parsePlainKubeconfig } from './plain-kubeconfig.ts';

const scalar = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'https://1.2.3.4:6443',
    './rel',
    '/abs/file',
    'yes',
    '007',
    '1e5',
    '2026-01-01',
    '- x',
    'a: b',
    'a #b',
    '#c',
    '"q"',
    "it's",
    '-n',
    '--flag=x',
    '~',
    '',
    'C:\\Users\\x',
  ),
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
);
const key = fc.stringMatching(/^[a-z][a-z-]{0,8}$/);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;

describe('the quick reader', () => {
  it('never reads a text differently from a YAML parser', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.dictionary(key, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
        fc.boolean(),
        (document, indented) => {
          const text = stringify(document, { indentSeq: indented, lineWidth: 0 });
          const plain = parsePlainKubeconfig(text);
          if (plain === undefined) return;
          read++;
          expect(plain).toEqual(parse(text));
        },
      ),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it('never reads hostile text differently either', () => {
    const line = fc.constantFrom(
      'a: b',
      'a:',
      '  b: c',
      '- x',
      '  - y: z',
      '    w: 1',
      '---',
      '# c',
      'b: "x"',
      "c: 'y'",
      'd: |',
      '  text',
      'e: [1]',
      'f: {}',
      '...',
      'a: &x y',
      '\tq: r',
      'g: x: y',
      '? h',
      'i : j',
      '  k: ~',
      'l: 0x1',
      'm: 1.5',
      'n: .5',
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const plain = parsePlainKubeconfig(lines.join('\n'));
        if (plain === undefined) return;
        read++;
        expect(plain).toEqual(parse(lines.join('\n')));
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(10);
  });

  it('reads what kubectl and Kind write', () => {
    const text =
      'apiVersion: v1\nclusters:\n- cluster:\n    server: https://127.0.0.1:1\n  name: a\nusers:\n- name: a\n  user:\n    exec:\n      args:\n      - --region\n      - eu\n      env: null\n      provideClusterInfo: false\npreferences: {}\n';
    expect(parsePlainKubeconfig(text)).toEqual(parse(text));
    expect(parsePlainKubeconfig(text)).toBeDefined();
  });
});
