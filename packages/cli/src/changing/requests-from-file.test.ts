import { describe, expect, it } from 'vitest';
import { requestsFromText } from './requests-from-file.ts';

const uncordon =
  '- { action: uncordon, target: { apiVersion: v1, kind: Node, namespace: "", name: n1, uid: "" }, params: {} }\n';
const scale = (params: string): string =>
  `- action: scale\n  target: { apiVersion: apps/v1, kind: Deployment, namespace: shop, name: web, uid: "" }\n  params: ${params}\n`;

function refusal(text: string): string {
  try {
    return JSON.stringify(requestsFromText(text, 'plan.yaml'));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a plan from a file', () => {
  it('is read as YAML and as JSON', () => {
    const read = requestsFromText(uncordon + scale('{ replicas: 3 }'), 'plan.yaml');
    expect(read.map(({ action, params }) => [action, params])).toEqual([
      ['uncordon', {}],
      ['scale', { replicas: 3 }],
    ]);
    expect(requestsFromText(JSON.stringify(read), 'plan.json')).toEqual(read);
  });

  it.each([
    [
      'several documents, of which only one would be looked at',
      `${uncordon}---\n${scale('{ replicas: 0 }')}`,
      /^plan\.yaml is not YAML: /,
    ],
    [
      'a document behind the end of the first',
      `${uncordon}...\n${scale('{ replicas: 0 }')}`,
      /^plan\.yaml is not YAML: /,
    ],
    [
      'a key that stands twice, of which the last would hold',
      scale('{ replicas: 3, replicas: 0 }'),
      /^plan\.yaml is not YAML: .*unique/,
    ],
    [
      'a key that stands twice in JSON',
      '[{"action":"uncordon","action":"drain","target":{},"params":{}}]',
      /^plan\.yaml is not YAML: .*unique/,
    ],
    [
      'aliases that grow without end',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      /alias/i,
    ],
    ['a tag that makes something else of a value', scale('!!js/function "x"'), /^plan\.yaml is not /],
    [
      'a field beside the three',
      '- { action: uncordon, target: { apiVersion: v1, kind: Node, namespace: "", name: n1, uid: "" }, params: {}, command: rm }\n',
      /^plan\.yaml is not a list of requests: .*command/,
    ],
    [
      'a merge key that hides what is meant',
      `- &a { action: uncordon, target: { apiVersion: v1, kind: Node, namespace: "", name: n1, uid: "" }, params: {} }\n- { <<: *a, params: {} }\n`,
      /^plan\.yaml is not a list of requests: /,
    ],
    ['nothing', '', /^plan\.yaml is not a list of requests: /],
    ['no plan but an object', 'apiVersion: v1\nkind: Pod\n', /^plan\.yaml is not a list of requests: /],
  ])('is refused with %s', (_what, text, says) => {
    expect(refusal(text)).toMatch(says);
  });

  it('that refers to what stands there already says what is meant', () => {
    const twice = `${uncordon.replace('- {', '- &a {')}- *a\n`;
    expect(requestsFromText(twice, 'plan.yaml').map(({ action }) => action)).toEqual(['uncordon', 'uncordon']);
  });
});
