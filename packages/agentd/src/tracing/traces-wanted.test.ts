import { expect, it } from 'vitest';
import { Configuration } from '../configuration/configuration.ts';
import { tracesWanted } from './traces-wanted.ts';

const where = { version: '1', holder: 'h/1', cluster: 'kind-dev' };

function wanted(traces: object | undefined, environment: Record<string, string> = {}): ReturnType<typeof tracesWanted> {
  return tracesWanted(
    Configuration.parse(traces === undefined ? {} : { observability: { traces } }),
    environment,
    where,
  );
}

it('traces are sent nowhere by themselves', () => {
  expect(wanted(undefined)).toBeUndefined();
  expect(wanted(undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined();
});

it('they go where the configuration says, else where the environment does', () => {
  expect(wanted({ otlp: 'http://collector:4318/' })).toMatchObject({
    url: 'http://collector:4318/v1/traces',
    ratio: 1,
    resource: {
      'service.name': 'autodevops-agent',
      'service.version': '1',
      'k8s.cluster.name': 'kind-dev',
      'autodevops.customer': 'local',
    },
  });
  expect(wanted(undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c/base', OTEL_SERVICE_NAME: 'mine' })).toMatchObject(
    { url: 'https://c/base/v1/traces', resource: { 'service.name': 'mine' } },
  );
  expect(
    wanted(undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://t/x' })
      ?.url,
  ).toBe('https://t/x');
  expect(
    wanted({ otlp: 'http://own', ratio: 0.1 }, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://t/x' }),
  ).toMatchObject({ url: 'http://own/v1/traces', ratio: 0.1 });
});

it('the environment turns them off as everywhere', () => {
  for (const off of [{ OTEL_SDK_DISABLED: 'TRUE' }, { OTEL_TRACES_EXPORTER: 'none' }]) {
    expect(wanted({ otlp: 'http://collector:4318' }, off)).toBeUndefined();
  }
});

it('an address with a password, or of another kind, is no setting', () => {
  for (const otlp of ['http://a:b@collector', 'file:///etc/passwd', 'collector:4317']) {
    expect(() => wanted({ otlp })).toThrow(/otlp/);
  }
});
