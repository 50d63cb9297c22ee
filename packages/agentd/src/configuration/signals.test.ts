import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { readConfiguration } from './read-configuration.ts';

function mistakes(text: string): string {
  try {
    readConfiguration(text, 'local-config.yaml');
    return '';
  } catch (error) {
    if (error instanceof AutoDevOpsError) return error.message;
    throw error;
  }
}

describe('the configuration of monitoring', () => {
  it('names nothing by itself', () => {
    expect(readConfiguration('', 'c.yaml').signals).toEqual({ withinSeconds: 3 });
  });

  it('takes an address with credentials in files, or a Service of the cluster', () => {
    const { signals } = readConfiguration(
      'signals:\n  prometheus: {url: "https://prometheus.example/prom", tokenFile: token, authority: ca.pem}\n  alertmanager: {service: monitoring/alertmanager-operated:9093}\n  loki: {url: "http://loki:3100", user: jamie, passwordFile: password, tenant: shop}\n',
      'c.yaml',
    );
    expect(signals.prometheus?.url).toBe('https://prometheus.example/prom');
    expect(signals.alertmanager?.service).toBe('monitoring/alertmanager-operated:9093');
    expect(signals.loki?.tenant).toBe('shop');
  });

  it.each<[string, string, string]>([
    [
      'a key that is not known',
      'prometheus: {url: "https://p", tokenfile: t}',
      '"tokenfile" is no setting of signals.prometheus; did you mean "tokenFile"?',
    ],
    ['neither address nor Service', 'prometheus: {}', 'give either `url` or `service`'],
    ['both', 'prometheus: {url: "https://p", service: a/b:1}', 'give either `url` or `service`'],
    ['a password in an address', 'prometheus: {url: "https://ann:secret@p"}', 'holds no name, no password'],
    ['an address of another kind', 'prometheus: {url: "file:///etc/passwd"}', 'signals.prometheus.url'],
    ['a Service that is none', 'loki: {service: "../secrets:80"}', 'not NAMESPACE/NAME:PORT'],
    ['credentials for a Service', 'loki: {service: a/b:80, tokenFile: t}', 'goes with `url`'],
    [
      'a path of a Service that is to be found',
      'loki: {service: find, path: "/loki"}',
      'goes with a `service` that is named',
    ],
    ['a certificate without its key', 'prometheus: {url: "https://p", certificate: c.pem}', 'goes with `key`'],
    ['a name without its password', 'prometheus: {url: "https://p", user: ann}', 'goes with `passwordFile`'],
    ['a wait without end', 'withinSeconds: 600', 'signals.withinSeconds'],
  ])('refuses %s, with its line', (_says, line, sentence) => {
    expect(mistakes(`signals:\n  ${line}\n`)).toContain(sentence);
    expect(mistakes(`signals:\n  ${line}\n`)).toContain('local-config.yaml:2:');
  });

  it('never shows a password that stands in an address', () => {
    expect(mistakes('signals:\n  prometheus: {url: "https://ann:hunter2hunter2@p"}\n')).not.toContain('hunter2');
  });
});
