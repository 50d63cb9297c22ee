import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { describe, expect, it } from 'vitest';
import { modernise } from './modernise.ts';

describe('objects of former API versions', () => {
  it('autoscaling/v2beta1 has its targets where v2 has them', () => {
    const raw = {
      spec: { metrics: [{ type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 70 } }, 'odd'] },
    };
    const { spec } = kinds.HorizontalPodAutoscaler.shape.read(
      modernise('HorizontalPodAutoscaler', 'autoscaling/v2beta1', raw),
    );
    expect(spec.metrics[0]?.resource).toMatchObject({
      name: 'cpu',
      target: { type: 'Utilization', averageUtilization: 70 },
    });
  });

  it('autoscaling/v1 has its conditions in an annotation, readable or not', () => {
    const raw = (text: string): object =>
      modernise('HorizontalPodAutoscaler', 'autoscaling/v1', {
        metadata: { annotations: { 'autoscaling.alpha.kubernetes.io/conditions': text } },
      });
    const read = (text: string): number => kinds.HorizontalPodAutoscaler.shape.read(raw(text)).status.conditions.length;
    expect(read('[{"type":"ScalingActive","status":"False"}]')).toBe(1);
    expect(read('{not json')).toBe(0);
  });

  it('an Ingress of old has its default backend', () => {
    const raw = { spec: { backend: { serviceName: 'web', servicePort: 'http' }, rules: [null, { http: {} }] } };
    const { spec } = kinds.Ingress.shape.read(modernise('Ingress', 'networking.k8s.io/v1beta1', raw));
    expect(spec.defaultBackend?.service).toMatchObject({ name: 'web', port: { name: 'http' } });
  });

  it('an EndpointSlice of old has its nodes', () => {
    const raw = { endpoints: [{ addresses: ['10.0.0.1'], topology: { 'kubernetes.io/hostname': 'worker-1' } }] };
    expect(
      kinds.EndpointSlice.shape.read(modernise('EndpointSlice', 'discovery.k8s.io/v1beta1', raw)).endpoints[0]
        ?.nodeName,
    ).toBe('worker-1');
  });
});
