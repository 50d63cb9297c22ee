import { describe, expect, it } from 'vitest';
import { requestFromWords } from './proposal-from-words.ts';
import { requestsFromText } from './requests-from-file.ts';

describe('a request in words', () => {
  it('names its object as kubectl does, and its parameters as JSON has them', () => {
    expect(
      requestFromWords(['scale', 'deploy/web', 'replicas=3', 'note=a=b', 'on=true', 'list=[1,2]'], 'shop'),
    ).toEqual({
      action: 'scale',
      target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: '' },
      params: { replicas: 3, note: 'a=b', on: true, list: [1, 2] },
    });
    expect(requestFromWords(['uncordon', 'node/n1'], 'shop').target.namespace).toBe('');
    expect(requestFromWords(['restart-rollout', 'deploy/web'], undefined).target.namespace).toBe('default');
  });

  it('leaves as it is what the action takes as text', () => {
    const { params } = requestFromWords(
      ['set-environment', 'deploy/web', 'container=app', 'name=PORT', 'value=8080'],
      'shop',
    );
    expect(params).toEqual({ container: 'app', name: 'PORT', value: '8080' });
  });

  it('can name an object of any kind with its API version', () => {
    expect(requestFromWords(['argocd-sync', 'argoproj.io/v1alpha1/Application/web'], 'argocd').target).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      namespace: 'argocd',
      name: 'web',
      uid: '',
    });
  });

  it('is refused where it is no request', () => {
    for (const words of [[], ['scale'], ['scale', 'web'], ['scale', 'deploy/web', '=3']]) {
      expect(() => requestFromWords(words, undefined)).toThrow(/What is to be done|names no object|not KEY=VALUE/);
    }
  });
});

describe('requests in a file', () => {
  it('are a list', () => {
    const [request] = requestsFromText(
      '- {action: uncordon, target: {apiVersion: v1, kind: Node, namespace: "", name: n1, uid: ""}, params: {}}',
      'p.yaml',
    );
    expect(request?.action).toBe('uncordon');
  });

  it('are refused where they are broken, empty or something else', () => {
    for (const text of ['- {', '[]', 'action: scale', '- {action: scale}']) {
      expect(() => requestsFromText(text, 'p.yaml')).toThrow(/p\.yaml is not/);
    }
  });
});
