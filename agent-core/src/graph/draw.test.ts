import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { drawGraph } from './draw.ts';
import type { Edge } from './edge.ts';

const ref = (name: string, kind = 'Pod'): ObjectRef => ({ apiVersion: 'v1', kind, namespace: 'shop', name, uid: '' });
const edge = (from: string, to: string, detail = ''): Edge => ({ from: ref(from), to: ref(to), verb: 'calls', detail });
const formats = ['text', 'mermaid', 'dot'] as const;

describe('drawings', () => {
  it('as text group what one object leans on', () => {
    expect(drawGraph([edge('b', 'c'), edge('a', 'c', 'c:80'), edge('a', 'b')], 'text')).toBe(
      'Pod shop/a\n  calls Pod shop/b\n  calls Pod shop/c (c:80)\nPod shop/b\n  calls Pod shop/c\n',
    );
  });

  it('as Mermaid declare each object once', () => {
    expect(drawGraph([edge('a', 'b'), edge('a', 'c')], 'mermaid')).toBe(
      'flowchart LR\n  n0["Pod shop/a"]\n  n1["Pod shop/b"]\n  n2["Pod shop/c"]\n  n0 -->|calls| n1\n  n0 -->|calls| n2\n',
    );
  });

  it('as DOT declare each object once', () => {
    expect(drawGraph([edge('a', 'b')], 'dot')).toBe(
      'digraph cluster {\n  rankdir=LR;\n  n0 [label="Pod shop/a"];\n  n1 [label="Pod shop/b"];\n  n0 -> n1 [label="calls"];\n}\n',
    );
  });

  it('show the same edge once', () => {
    for (const format of formats) {
      expect(drawGraph([edge('a', 'b'), edge('a', 'b')], format)).toBe(drawGraph([edge('a', 'b')], format));
    }
  });

  it('keep objects apart whose long names begin alike', () => {
    const long = 'x'.repeat(150);
    expect(drawGraph([edge(`${long}1`, 'b'), edge(`${long}2`, 'b')], 'text').match(/^Pod/gm)).toHaveLength(2);
    for (const format of ['mermaid', 'dot'] as const) {
      expect(drawGraph([edge(`${long}1`, 'b'), edge(`${long}2`, 'b')], format).match(/->/g)).toHaveLength(2);
    }
  });
});

/** Pieces that end a label, a line or a statement in one of the languages, or that nobody sees. */
const hostile = fc
  .array(
    fc.constantFrom(
      'a',
      '"',
      '"]',
      '\\',
      '\\N',
      '];',
      '\n',
      '\r',
      '|',
      '#quot;',
      '&',
      '<script>',
      '`',
      '\u001B[31m',
      '\u202E',
      '\u200B',
      '%%',
      'end',
      '{',
      '}',
      '-->',
      ' ',
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));
const someEdges = fc.array(
  fc.tuple(hostile, hostile, hostile).map(([from, to, detail]) => edge(from, to, detail)),
  { maxLength: 6 },
);

describe('drawings of hostile names', () => {
  it('do not depend on the order of the edges', () => {
    fc.assert(
      fc.property(
        someEdges.chain((edges) =>
          fc.tuple(fc.constant(edges), fc.shuffledSubarray(edges, { minLength: edges.length })),
        ),
        ([edges, shuffled]) => {
          for (const format of formats) expect(drawGraph(shuffled, format)).toBe(drawGraph(edges, format));
        },
      ),
    );
  });

  it('hold nothing that drives a terminal or hides', () => {
    fc.assert(
      fc.property(someEdges, (edges) => {
        for (const format of formats) {
          expect(drawGraph(edges, format)).not.toMatch(
            /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E]/,
          );
        }
      }),
    );
  });

  it('stay within their quotation marks in Mermaid', () => {
    fc.assert(
      fc.property(someEdges, (edges) => {
        const [first, ...lines] = drawGraph(edges, 'mermaid').trimEnd().split('\n');
        expect(first).toBe('flowchart LR');
        for (const line of lines) expect(line).toMatch(/^ {2}n\d+(\["[^"<>|`]+"\]| -->\|calls\| n\d+)$/);
      }),
    );
  });

  it('stay within their quotation marks in DOT', () => {
    fc.assert(
      fc.property(someEdges, (edges) => {
        const lines = drawGraph(edges, 'dot').trimEnd().split('\n').slice(2, -1);
        for (const line of lines) expect(line).toMatch(/^ {2}n\d+( -> n\d+)? \[label="([^"\\]|\\["\\])+"\];$/);
      }),
    );
  });

  it('write quotation marks in Mermaid as its entities', () => {
    expect(drawGraph([edge('a"#', 'b')], 'mermaid')).toContain('n0["Pod shop/a#quot;#35;"]');
  });

  it('give Mermaid no directive, which it would obey in quotes, too', () => {
    expect(drawGraph([edge('%%{init: {}}%%', 'b')], 'mermaid')).not.toContain('%%{');
  });
});
