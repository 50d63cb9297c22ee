import { assert, boolean, constantFrom, integer, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseFieldPath } from '../reading/field-path.ts';
import { fieldAt } from '../reading/field-value.ts';
import { readManifests } from '../reading/manifest.ts';
import type { Manifest } from '../reading/manifest.ts';
import { setField } from './set-field.ts';
import { withEdits } from './text-edit.ts';

const text = `# of the shop
apiVersion: v1
kind: Service
metadata: {name: web, labels: {}}
spec:
  selector:
    app: 'webb' # the pods
  ports:
    - port: 80
      targetPort: "http"
  flow: {a: 1}
`;

function set(path: string, value: Parameters<typeof setField>[2], from = text): string | undefined {
  const [manifest] = readManifests(from) as [Manifest];
  const edit = setField(manifest, parseFieldPath(path), value, from);
  return edit === undefined ? undefined : withEdits(from, [edit]);
}

describe('giving a field a value', () => {
  it('changes that value and nothing else: quotes and remarks stay', () => {
    expect(set('spec.selector.app', 'web')).toBe(text.replace("'webb'", "'web'"));
    expect(set('spec.ports[0].targetPort', 8080)).toBe(text.replace('"http"', '8080'));
    expect(set('spec.ports[0].targetPort', 'web"')).toBe(text.replace('"http"', String.raw`"web\""`));
  });

  it('adds what is not there, with the indentation of its neighbours', () => {
    expect(set('spec.ports[0].protocol', 'UDP')).toContain('    - protocol: UDP\n      port: 80\n');
    expect(set('spec.selector.tier', 'front')).toContain("  selector:\n    tier: front\n    app: 'webb'");
    expect(set('spec.flow.b', 'x')).toContain('{b: "x", a: 1}');
    expect(set('metadata.labels.app', 'web')).toContain('labels: {app: "web"}');
  });

  it('adds a whole branch', () => {
    expect(parse(set('spec.sessionAffinityConfig.clientIP.timeoutSeconds', 10) ?? '')).toMatchObject({
      spec: { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } }, flow: { a: 1 } },
    });
  });

  it('is no edit where it is so already, where it would replace a block, or where a list would have to grow', () => {
    expect(set('spec.selector.app', 'webb')).toBeUndefined();
    expect(set('spec.selector', 'x')).toBeUndefined();
    expect(set('spec.ports[3].port', 1)).toBeUndefined();
  });

  it('gives exactly that value, whatever it is', () => {
    let edits = 0;
    assert(
      property(
        oneof(string({ maxLength: 40 }), integer(), boolean()),
        constantFrom(
          'spec.selector.app',
          'spec.ports[0].targetPort',
          'spec.selector.other',
          'spec.flow.b',
          'metadata.labels.x',
        ),
        (value, path) => {
          const after = set(path, value);
          if (after === undefined) return;
          edits += 1;
          expect(fieldAt(parse(after), parseFieldPath(path))).toEqual(value);
        },
      ),
    );
    expect(edits).toBeGreaterThan(50);
  });
});
