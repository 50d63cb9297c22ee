import { describe, expect, it } from 'vitest';
import { deployment, service, tell } from '../testing/manifest-scene.ts';
import { backendPort, probePort, targetPort } from './ports.ts';

const web = deployment('ports: [{name: http, containerPort: 8080}]');

describe('the target port of a Service', () => {
  it('by a name that no container has is an error', () => {
    const [told] = tell(targetPort, service('{selector: {app: web}, ports: [{port: 80, targetPort: htp}]}'), {
      beside: [web],
    });
    expect(told).toMatchObject({
      at: 'htp',
      severity: 'error',
      message: 'No container of Deployment web has a port named htp.',
    });
    expect(told?.fixed[0]).toContain('targetPort: http}');
  });

  it('by a number that none declares is a warning, also where it is the port itself', () => {
    const [told] = tell(targetPort, service('{selector: {app: web}, ports: [{port: 80}]}'), { beside: [web] });
    expect(told).toMatchObject({
      at: '80',
      severity: 'warning',
      message: 'No container of Deployment web says that it listens on 80. Its ports: 8080 (http).',
    });
    expect(told?.fixed[0]).toContain('{targetPort: 8080, port: 80}');
  });

  it('that fits, or cannot be known, is no problem', () => {
    for (const port of [
      '{port: 8080}',
      '{port: 80, targetPort: http}',
      '{port: 80, targetPort: 8080}',
      '{port: 80, targetPort: }',
    ]) {
      expect(tell(targetPort, service(`{selector: {app: web}, ports: [${port}]}`), { beside: [web] })).toEqual([]);
    }
    expect(
      tell(targetPort, service('{selector: {app: web}, ports: [{port: 80}]}'), { beside: [deployment('x: y')] }),
    ).toEqual([]);
    expect(tell(targetPort, service('{selector: {app: other}, ports: [{port: 80}]}'), { beside: [web] })).toEqual([]);
  });
});

describe('the port of a probe', () => {
  const probed = (port: string) =>
    deployment(`ports: [{name: http, containerPort: 8080}]\nreadinessProbe: {httpGet: {port: ${port}}}`);

  it('that its container does not have is told, and put right', () => {
    expect(tell(probePort, probed('web'))).toMatchObject([{ at: 'web', severity: 'error' }]);
    const [told] = tell(probePort, probed('8081'));
    expect(told).toMatchObject({ at: '8081', severity: 'warning' });
    expect(told?.fixed[0]).toContain('port: 8080}');
  });

  it('that it has is no problem', () => {
    expect([
      ...tell(probePort, probed('http')),
      ...tell(probePort, probed('8080')),
      ...tell(probePort, probed('')),
      ...tell(probePort, deployment('livenessProbe: {tcpSocket: {port: 5432}}')),
    ]).toEqual([]);
  });
});

describe('the port of an Ingress', () => {
  const ingress = (port: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {defaultBackend: {service: {name: web, port: ${port}}}}\n`;
  const beside = [service('{ports: [{name: http, port: 80}]}')];

  it('that its Service does not have is told, and put right', () => {
    const [told] = tell(backendPort, ingress('{number: 8080}'), { beside });
    expect(told).toMatchObject({ at: '8080', message: 'Service web has no port 8080. It has 80 (http).' });
    expect(told?.fixed[0]).toContain('{number: 80}');
  });

  it('that it has is no problem', () => {
    expect([
      ...tell(backendPort, ingress('{number: 80}'), { beside }),
      ...tell(backendPort, ingress('{name: http}'), { beside }),
      ...tell(backendPort, ingress('{number: 1}')),
    ]).toEqual([]);
  });
});
