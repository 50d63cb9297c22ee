import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Json } from '../../patches/field-patch.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { container, endpointSlice, pod, service, serviceName } from '../../testing/objects.ts';

function serving(...ports: readonly Readonly<Record<string, unknown>>[]): Manifest {
  return pod('web-1', { spec: { containers: [container({ ports })] } });
}
const web = serving({ name: 'http', containerPort: 3000 });
const asked = (params: Readonly<Record<string, Json>>) => ({
  action: 'patch-service-port',
  target: serviceName,
  params: { port: 80, ...params },
});
const targetAt = ['spec', 'ports', 0, 'targetPort'];

describe('patch-service-port', () => {
  it('leads the port to another number or name, and takes that back', async () => {
    for (const targetPort of [3000, 'http']) {
      const scene = actionScene(service(), web);
      const planned = await scene.carryOut(asked({ targetPort }));
      expect(planned.sentences.will).toBe(
        `Set the targetPort of port 80 of Service shop/web from 8080 to ${targetPort}.`,
      );
      expect(fieldAt(await scene.get(serviceName), targetAt)).toBe(targetPort);
      await scene.undo(planned);
      expect(fieldAt(await scene.get(serviceName), targetAt)).toBe(8080);
      expect((await scene.verify(planned)).state).toBe('failed');
    }
  });

  it('sets the protocol', async () => {
    const dns = service({ spec: { ports: [{ port: 80, targetPort: 53, protocol: 'TCP' }] } });
    const scene = actionScene(dns, serving({ containerPort: 53, protocol: 'UDP' }));
    const planned = await scene.carryOut(asked({ protocol: 'UDP' }));
    expect(fieldAt(await scene.get(serviceName), ['spec', 'ports', 0, 'protocol'])).toBe('UDP');
    await scene.undo(planned);
    expect(fieldAt(await scene.get(serviceName), ['spec', 'ports', 0, 'protocol'])).toBe('TCP');
  });

  it('adds a target that was not said, and removes it again', async () => {
    const scene = actionScene(service({ spec: { ports: [{ port: 80 }] } }), web);
    const planned = await scene.carryOut(asked({ targetPort: 3000 }));
    expect(planned.sentences.will).toContain('from 80 to 3000');
    await scene.undo(planned);
    expect(fieldAt(await scene.get(serviceName), targetAt)).not.toBe(3000);
  });

  it('says of a number that pods do not declare that it has to be looked at', async () => {
    const { draft } = await actionScene(service(), web).plan(asked({ targetPort: 9000 }));
    expect(draft.notes).toEqual(['0 of 1 pods declare 9000/TCP: see that the others listen there.']);
    expect(draft.touches).toHaveLength(1);
  });

  it('touches nobody where the present name leads nowhere', async () => {
    const { draft } = await actionScene(service({ spec: { ports: [{ port: 80, targetPort: 'web' }] } }), web).plan(
      asked({ targetPort: 'http' }),
    );
    expect(draft.touches).toEqual([]);
  });

  it('has succeeded when there are ready endpoints', async () => {
    const scene = actionScene(service(), web);
    const planned = await scene.carryOut(asked({ targetPort: 3000 }));
    expect((await scene.verify(planned)).state).toBe('waiting');
    scene.cluster.put(endpointSlice(['web-1']));
    expect((await scene.verify(planned)).state).toBe('succeeded');
  });

  it('tells ports of one number apart by their names', async () => {
    const both = service({
      spec: {
        ports: [
          { name: 'dns', port: 80, protocol: 'UDP', targetPort: 53 },
          { name: 'dns-tcp', port: 80, protocol: 'TCP', targetPort: 53 },
        ],
      },
    });
    const scene = actionScene(both, web);
    expect(await scene.refusal(asked({ targetPort: 3000 }))).toBe(
      'Service shop/web has port 80 more than once: dns (80), dns-tcp (80).',
    );
    await scene.carryOut(asked({ portName: 'dns-tcp', targetPort: 3000 }));
    expect(fieldAt(await scene.get(serviceName), ['spec', 'ports', 1, 'targetPort'])).toBe(3000);
    expect(await scene.refusal(asked({ portName: 'dns-tcp', protocol: 'UDP' }))).toBe(
      'Service shop/web has port 80 for UDP already.',
    );
  });

  it.each([
    ['a port that it does not have', { port: 81, targetPort: 3000 }, 'Service shop/web has no port 81.'],
    ['what is so already', { targetPort: 8080 }, 'The targetPort of port 80 of Service shop/web is 8080 already.'],
    ['a name that no container has', { targetPort: 'htp' }, 'No container of its pods has a port named "htp" for TCP.'],
  ])('refuses %s', async (_name, params, sentence) => {
    expect(await actionScene(service(), web).refusal(asked(params))).toBe(sentence);
  });

  it('refuses a Service that selects nothing, and a request for neither or both', async () => {
    expect(await actionScene(service()).refusal(asked({ targetPort: 3000 }))).toBe(
      'Service shop/web selects no pod: no port of it leads anywhere.',
    );
    expect(await actionScene(service(), web).refusal(asked({}))).toContain('has to have one of');
    expect(await actionScene(service(), web).refusal(asked({ targetPort: 3000, protocol: 'UDP' }))).toContain(
      'has to have one of',
    );
    expect(await actionScene(service(), web).refusal(asked({ targetPort: 0 }))).toContain('is not right');
  });
});
