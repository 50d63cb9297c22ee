import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actionUnion, readActionRequest } from './action-request.ts';
import { deploymentName } from './testing/objects.ts';

const target = { ...deploymentName, uid: '' };

describe('a request from outside', () => {
  it('is read with its action and parameters', () => {
    const read = readActionRequest({ action: 'scale', target, params: { replicas: 2 } });
    expect(read.action.name).toBe('scale');
    expect(read).toMatchObject({ target, params: { replicas: 2 } });
  });

  it.each([
    [
      'an action that is nearly named',
      { action: 'rolout-undo', target, params: {} },
      'There is no action "rolout-undo".',
      'Did you mean rollout-undo?',
    ],
    [
      'an action that is not there',
      { action: 'shell', target, params: {} },
      'There is no action "shell".',
      'Choose one of the catalogue (`autodevops change actions`).',
    ],
    [
      'what names no action',
      'scale',
      'There is no action "undefined".',
      'Choose one of the catalogue (`autodevops change actions`).',
    ],
    [
      'a parameter that is nearly named',
      { action: 'scale', target, params: { replica: 2, replicas: 2 } },
      'The request for scale is not right: params.replica is not known, did you mean replicas.',
      'Correct the request; scale takes replicas.',
    ],
    [
      'a field beside the three',
      { action: 'cordon', target, params: {}, url: 'http://x' },
      'The request for cordon is not right: url is not known.',
      'Correct the request.',
    ],
    [
      'a field of a target that has none such',
      { action: 'cordon', target: { ...target, path: '/x' }, params: {} },
      'The request for cordon is not right: target.path is not known.',
      'Correct the request.',
    ],
    [
      'a name that is a path',
      { action: 'cordon', target: { ...target, name: '../nodes' }, params: {} },
      'The request for cordon is not right: target.name: not the name of an object.',
      'Correct the request.',
    ],
    [
      'an action of many lines',
      { action: 'a\nb\u001b[2J', target, params: {} },
      expect.not.stringMatching(/[\n\u001b]/),
      'Choose one of the catalogue (`autodevops change actions`).',
    ],
    [
      'an entry whose name is none',
      { action: 'label-object', target, params: { labels: { 'a\u001b[2J': 'b' } } },
      'The request for label-object is not right: params.labels.a\\x1b[2J: not the name of a label.',
      'Correct the request; label-object takes labels.',
    ],
    [
      'a parameter of the wrong kind',
      { action: 'rollout-undo', target, params: { toRevision: '3' } },
      expect.stringContaining('params.toRevision: '),
      expect.stringMatching(/^Correct the request; rollout-undo takes toRevision/),
    ],
  ])('is refused for %s', (_name, value, message, remedy) => {
    expect(() => readActionRequest(value)).toThrow(
      expect.objectContaining({ code: 'change.invalid', message, remedy }),
    );
  });

  it('is described by a JSON Schema', () => {
    const schema = z.toJSONSchema(actionUnion, { io: 'input' });
    expect(schema.oneOf?.length).toBeGreaterThan(20);
    expect(JSON.stringify(schema)).not.toContain('"additionalProperties":{}');
  });
});
