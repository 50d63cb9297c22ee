import { expect, it } from 'vitest';
import { sharedWords } from './shared-words.ts';

const bucket = { apiVersion: 's3.example.io/v1', kind: 'Bucket', namespace: '', name: 'media', uid: '' };
const queue = { ...bucket, kind: 'Queue', name: 'orders' };

it('is the same for objects of which the same is said', () => {
  const message = 'connect failed: cannot get credentials: cannot get credentials secret: Secret "aws-creds" not found';
  expect(sharedWords(bucket, message)).toEqual(sharedWords(queue, message));
  expect(sharedWords(bucket, message)).not.toEqual({});
});

it('is the domain where names of one domain are not known', () => {
  const of = (host: string) =>
    sharedWords(bucket, `Get "https://${host}": dial tcp: lookup ${host} on 172.30.0.10:53: no such host`);
  expect(of('oauth.apps.acme.io')).toEqual(of('console.apps.acme.io'));
  expect(of('oauth.apps.acme.io')).not.toEqual(of('oauth.apps.example.org'));
});

it('is nothing where the message is about the object itself, or says little', () => {
  expect(sharedWords(bucket, 'cannot create external resource: bucket media already exists elsewhere')).toEqual({});
  expect(sharedWords(bucket, 'not ready yet')).toEqual({});
});
