import { describe, expect, it } from 'vitest';
import type { Json } from '../../patches/field-patch.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import type { Asked } from '../../testing/action-scene.ts';
import {
  container,
  deployment,
  deploymentName,
  named,
  object,
  pod,
  service,
  serviceName,
  statefulSet,
  statefulSetName,
} from '../../testing/objects.ts';

type Fields = Readonly<Record<string, Json>>;
const namespace = object(named('v1', 'Namespace', 'shop', ''));

function applying(fields: Fields, target = deploymentName, metadata: Fields = {}): Asked {
  const { apiVersion, kind, name } = target;
  return {
    action: 'apply-manifest',
    target,
    params: { manifest: { apiVersion, kind, metadata: { name, namespace: 'shop', ...metadata }, ...fields } },
    from: 'person',
  };
}
const settings = named('v1', 'ConfigMap', 'settings');
const podSpec = (fields: Fields): Fields => ({
  spec: { template: { spec: { containers: [{ name: 'app', image: 'shop/web:2' }], ...fields } } },
});
const containerWith = (fields: Fields): Fields => podSpec({ containers: [{ name: 'app', ...fields }] });

describe('apply-manifest', () => {
  it('sets the fields that it names, and gives them their former values back', async () => {
    const scene = actionScene(deployment({ spec: { minReadySeconds: 5 } }), pod('web-1'));
    const request = applying({ spec: { minReadySeconds: 10, revisionHistoryLimit: 3 } });
    const { draft } = await scene.plan(request);
    expect(draft.touches).toHaveLength(1);
    const planned = await scene.carryOut(request);
    expect(planned).toMatchObject({
      risk: 'high',
      sentences: { will: 'Apply the reviewed manifest of Deployment shop/web.' },
      operations: [{ verb: 'apply', force: true }],
    });
    expect((await scene.get(deploymentName))['spec']).toMatchObject({
      replicas: 3,
      minReadySeconds: 10,
      revisionHistoryLimit: 3,
    });
    await scene.undo(planned);
    const { spec } = await scene.get(deploymentName);
    expect(spec).toMatchObject({ minReadySeconds: 5, replicas: 3 });
    expect(spec).not.toHaveProperty('revisionHistoryLimit');
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('tells how many pods are away at the same time: those that the strategy takes, or that a smaller number leaves out', async () => {
    const away = async (spec: Fields): Promise<number | undefined> =>
      (
        await actionScene(deployment({ spec: { replicas: 4 } }), ...['a', 'b', 'c', 'd'].map((name) => pod(name))).plan(
          applying({ spec }),
        )
      ).draft.atOnce;
    expect(await away({ minReadySeconds: 10 })).toBe(1);
    expect(await away({ replicas: 1 })).toBe(3);
    expect(await away({ replicas: 6 })).toBe(1);
  });

  it('has succeeded after the rollout', async () => {
    const scene = actionScene(deployment());
    const planned = await scene.carryOut(applying({ spec: { minReadySeconds: 10 } }));
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, {
      status: { observedGeneration: 9, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
  });

  it('makes what is not there, and deletes it again', async () => {
    const scene = actionScene(namespace);
    const planned = await scene.carryOut(applying({ data: { mode: 'fast' } }, settings, { labels: { team: 'red' } }));
    expect(planned.sentences.will).toBe(
      'Apply the reviewed manifest of ConfigMap shop/settings, which does not exist yet.',
    );
    expect(await scene.get(settings)).toMatchObject({ data: { mode: 'fast' }, metadata: { labels: { team: 'red' } } });
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'ConfigMap shop/settings shows what was applied.',
    });
    await scene.undo(planned);
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('says of a Service that it opens to the outside', async () => {
    expect(
      (await actionScene(service()).plan(applying({ spec: { type: 'LoadBalancer' } }, serviceName))).draft.notes,
    ).toContain('A Service of type LoadBalancer is open to the outside.');
  });

  it.each([
    ['a privileged container', containerWith({ securityContext: { privileged: true } }), 'privileged'],
    [
      'escalation of privileges',
      containerWith({ securityContext: { allowPrivilegeEscalation: true } }),
      'allowPrivilegeEscalation',
    ],
    ['added capabilities', containerWith({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }), 'add'],
    ['a port of the node', containerWith({ ports: [{ containerPort: 80, hostPort: 80 }] }), 'hostPort'],
    ['a path of the node', podSpec({ volumes: [{ name: 'root', hostPath: { path: '/' } }] }), 'hostPath'],
    ['the network of the node', podSpec({ hostNetwork: true }), 'hostNetwork'],
    ['the processes of the node', podSpec({ hostPID: true }), 'hostPID'],
    ['no seccomp', podSpec({ securityContext: { seccompProfile: { type: 'Unconfined' } } }), 'seccompProfile'],
    [
      'a type of SELinux that confines nothing',
      containerWith({ securityContext: { seLinuxOptions: { type: 'spc_t' } } }),
      'seLinuxOptions',
    ],
    [
      'a probe that asks another host',
      containerWith({ livenessProbe: { httpGet: { host: '169.254.169.254', port: 80, path: '/' } } }),
      'httpGet',
    ],
    [
      'a hook that asks another host',
      containerWith({ lifecycle: { preStop: { tcpSocket: { host: 'db.other', port: 5432 } } } }),
      'tcpSocket',
    ],
    [
      'pods that go before those of the cluster itself',
      podSpec({ priorityClassName: 'system-node-critical' }),
      'priorityClassName',
    ],
    ['a debug container', podSpec({ ephemeralContainers: [] }), 'ephemeralContainers'],
    ['a node of its own choice', podSpec({ nodeName: 'control-plane' }), 'nodeName'],
    [
      'the nodes of the control plane',
      podSpec({ tolerations: [{ key: 'node-role.kubernetes.io/master', operator: 'Exists' }] }),
      'tolerations',
    ],
    [
      'whatever keeps pods off a node',
      podSpec({
        tolerations: [
          { key: 'own', operator: 'Exists' },
          { operator: 'Exists', effect: 'NoSchedule' },
        ],
      }),
      'tolerations',
    ],
    ['a share of another machine', podSpec({ volumes: [{ name: 'v', nfs: { server: 'files', path: '/' } }] }), 'nfs'],
    [
      'a repository that the kubelet fetches',
      podSpec({ volumes: [{ name: 'v', gitRepo: { repository: 'https://git.example/x' } }] }),
      'gitRepo',
    ],
    [
      'volumes that are deleted with replicas',
      { spec: { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } } },
      'whenScaled',
    ],
    [
      'a volume that another released',
      { spec: { volumeClaimTemplates: [{ spec: { volumeName: 'pv-1' } }] } },
      'volumeName',
    ],
  ])('refuses %s', async (_name, fields, field) => {
    expect(await actionScene(deployment()).refusal(applying(fields))).toBe(
      `The manifest sets ${field}, by which a pod gets out of its container or takes what is not its own.`,
    );
  });

  it.each([
    ['Secret', 'v1'],
    ['Role', 'rbac.authorization.k8s.io/v1'],
    ['ClusterRoleBinding', 'rbac.authorization.k8s.io/v1'],
    ['CustomResourceDefinition', 'apiextensions.k8s.io/v1'],
    ['ValidatingWebhookConfiguration', 'admissionregistration.k8s.io/v1'],
    ['Namespace', 'v1'],
    ['NetworkPolicy', 'networking.k8s.io/v1'],
    ['PodDisruptionBudget', 'policy/v1'],
    ['Pod', 'v1'],
    ['ServiceAccount', 'v1'],
  ])('is not for a %s', async (kind, apiVersion) => {
    const cluster = [
      'ClusterRoleBinding',
      'CustomResourceDefinition',
      'ValidatingWebhookConfiguration',
      'Namespace',
    ].includes(kind);
    expect(await actionScene().refusal(applying({}, named(apiVersion, kind, 'x', cluster ? '' : 'shop')))).toBe(
      `apply-manifest cannot be done to a ${kind}.`,
    );
  });

  it.each([
    [
      'another object than the target',
      { ...applying({ data: {} }, settings), target: named('v1', 'ConfigMap', 'other') },
      'The manifest is of ConfigMap shop/settings, not of ConfigMap shop/other.',
    ],
    [
      'a kind behind another name',
      {
        ...applying({ data: {} }, settings),
        params: { manifest: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'settings', namespace: 'shop' } } },
      },
      'The manifest is of Secret shop/settings, not of ConfigMap shop/settings.',
    ],
    [
      'whom pods trust',
      applying({ data: { 'ca.crt': 'mine' } }, named('v1', 'ConfigMap', 'kube-root-ca.crt')),
      'ConfigMap kube-root-ca.crt tells the pods of its namespace whom to trust.',
    ],
    [
      'a device by an annotation',
      applying({ spec: { template: { metadata: { annotations: { 'io.kubernetes.cri-o.Devices': '/dev/sda' } } } } }),
      'The manifest sets io.kubernetes.cri-o.Devices, by which a pod gets out of its container.',
    ],
    [
      'a way out of the mesh',
      applying({ spec: { template: { metadata: { labels: { 'sidecar.istio.io/inject': 'false' } } } } }),
      'The manifest sets sidecar.istio.io/inject, which tells a service mesh how to guard the pods.',
    ],
    [
      'Jobs of many pods',
      applying({ spec: { jobTemplate: { spec: { parallelism: 1000 } } } }, named('batch/v1', 'CronJob', 'burst')),
      'The manifest asks for 1000 parallelism; more than 100 are not set here.',
    ],
    [
      'a secret in a ConfigMap',
      applying({ data: { password: 'hunter2hunter2' } }, settings),
      'The value of "password" looks like a secret: it would stand in the record of this change.',
    ],
    [
      'a secret in a variable',
      applying(containerWith({ env: [{ name: 'API_TOKEN', value: 'abcdef0123456789' }] })),
      'The value of "API_TOKEN" looks like a secret: it would stand in the record of this change.',
    ],
    [
      'another account',
      applying(podSpec({ serviceAccountName: 'admin' })),
      'The manifest runs the pods as ServiceAccount admin, not as default: they would get its rights.',
    ],
    [
      'a label that admission acts on',
      applying({ data: {} }, settings, { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }),
      'pod-security.kubernetes.io/enforce is kept by Kubernetes or by a tool, which acts on it.',
    ],
    [
      'what no person reviewed',
      { ...applying({ data: {} }, settings), from: 'agent' as const },
      'A manifest has to come from a person.',
    ],
  ])('refuses %s', async (_name, request, sentence) => {
    expect(await actionScene(deployment(), namespace).refusal(request)).toBe(sentence);
  });

  const token = object(named('v1', 'Secret', 'builder-token'), { type: 'kubernetes.io/service-account-token' });
  it.each([
    [
      'in a variable',
      containerWith({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'builder-token', key: 'token' } } }] }),
    ],
    ['in all variables', containerWith({ envFrom: [{ secretRef: { name: 'builder-token' } }] })],
    ['in a volume', podSpec({ volumes: [{ name: 'v', secret: { secretName: 'builder-token' } }] })],
    [
      'among others in a volume',
      podSpec({ volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'builder-token' } }] } }] }),
    ],
  ])('gives pods no token of an account %s', async (_name, fields) => {
    expect(await actionScene(deployment(), token).refusal(applying(fields))).toBe(
      'Secret shop/builder-token is the token of a ServiceAccount: who holds it has its rights.',
    );
  });

  it('tells which Secrets the pods do not get at yet', async () => {
    const scene = actionScene(deployment({ containers: [container({ envFrom: [{ secretRef: { name: 'own' } }] })] }));
    const { draft } = await scene.plan(
      applying(containerWith({ envFrom: [{ secretRef: { name: 'own' } }, { secretRef: { name: 'login-of-db' } }] })),
    );
    expect(draft.notes.filter((note) => note.includes('Secret'))).toEqual([
      'The pods get at Secret login-of-db, which they do not yet.',
    ]);
  });

  it.each([
    ['a role at a cloud provider', { iam: 'iam.amazonaws.com/role' }],
    ['an identity at another', { iam: 'azure.workload.identity/client-id' }],
  ])('gives pods no %s', async (_name, { iam }) => {
    expect(
      await actionScene(deployment()).refusal(
        applying({ spec: { template: { metadata: { annotations: { [iam]: 'admin' } } } } }),
      ),
    ).toBe(`${iam} gives rights outside of the cluster.`);
  });

  it('does not take AppArmor away by the annotation that it was before', async () => {
    expect(
      await actionScene(deployment()).refusal(
        applying({
          spec: {
            template: {
              metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' } },
            },
          },
        }),
      ),
    ).toMatch(/by which a pod gets out of its container/);
  });

  it('asks for no more replicas than an action that scales may', async () => {
    expect(await actionScene(deployment()).refusal(applying({ spec: { replicas: 101 } }))).toBe(
      'The manifest asks for 101 replicas; more than 100 are not set here.',
    );
    await actionScene(deployment()).plan(applying({ spec: { replicas: 100 } }));
  });

  it('says where a Service of type ExternalName sends who asks for it', async () => {
    const { draft } = await actionScene(service()).plan(
      applying({ spec: { type: 'ExternalName', externalName: 'db.example.com' } }, serviceName),
    );
    expect(draft.notes).toContain('A Service of type ExternalName sends who asks for it to db.example.com.');
  });

  const guarded = {
    name: 'app',
    image: 'shop/web:2',
    readinessProbe: { tcpSocket: { port: 8080 } },
    resources: { limits: { memory: '64Mi', cpu: '1' } },
    securityContext: { runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
  };
  const byUs = {
    managedFields: [
      { manager: 'autodevops', operation: 'Apply', apiVersion: 'apps/v1', fieldsType: 'FieldsV1', fieldsV1: {} },
    ],
  };
  it.each([
    ['readinessProbe', { readinessProbe: null }],
    ['resources.limits.memory', { resources: { limits: { memory: null } } }],
    ['resources.limits.memory', { resources: null }],
    ['securityContext.runAsNonRoot', { securityContext: { runAsNonRoot: false } }],
    ['securityContext.runAsNonRoot', { securityContext: null }],
    ['securityContext.capabilities', { securityContext: { capabilities: null } }],
  ])('does not take %s from a container', async (field, fields) => {
    expect(await actionScene(deployment({ containers: [guarded] })).refusal(applying(containerWith(fields)))).toBe(
      `The manifest takes ${field} from container app of Deployment shop/web.`,
    );
  });

  const guardedPods = {
    automountServiceAccountToken: false,
    hostUsers: false,
    runtimeClassName: 'gvisor',
    securityContext: { runAsUser: 1000 },
  };
  it.each([
    ['automountServiceAccountToken', { automountServiceAccountToken: true }],
    ['automountServiceAccountToken', { automountServiceAccountToken: null }],
    ['hostUsers', { hostUsers: true }],
    ['runtimeClassName', { runtimeClassName: 'runc' }],
    ['securityContext.runAsUser', { securityContext: { runAsUser: 0 } }],
  ])('does not take %s from the pods', async (field, fields) => {
    const present = deployment({
      spec: {
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { ...guardedPods, containers: [{ name: 'app', image: 'shop/web:2' }] },
        },
      },
    });
    expect(await actionScene(present).refusal(applying(podSpec(fields)))).toBe(
      `The manifest takes ${field} from the pods of Deployment shop/web.`,
    );
    await actionScene(present).plan(applying(podSpec(guardedPods)));
  });

  it.each(['serviceAccountToken', 'podCertificate'])(
    'gives pods no %s by a volume, which they do not hold yet',
    async (source) => {
      const volumes = [{ name: 'id', projected: { sources: [{ [source]: { path: 'id' } }] } }];
      expect(await actionScene(deployment()).refusal(applying(podSpec({ volumes })))).toContain(
        `gives the pods ${source} by a volume`,
      );
      const held = deployment({
        spec: {
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { volumes, containers: [{ name: 'app', image: 'shop/web:2' }] },
          },
        },
      });
      await actionScene(held).plan(applying(podSpec({ volumes })));
      const believedBy = source === 'podCertificate' ? 'signerName' : 'audience';
      const forOthers = [{ name: 'id', projected: { sources: [{ [source]: { path: 'id', [believedBy]: 'vault' } }] } }];
      expect(await actionScene(held).refusal(applying(podSpec({ volumes: forOthers })))).toContain(
        `gives the pods ${source} by a volume`,
      );
    },
  );

  it('does not take away either what it applied before and is left out now', async () => {
    expect(
      await actionScene(deployment({ containers: [guarded], metadata: byUs })).refusal(
        applying(containerWith({ image: 'shop/web:2' })),
      ),
    ).toBe('The manifest takes readinessProbe from container app of Deployment shop/web.');
  });

  it('leaves alone what it does not speak of, and may take a limit of the processor away', async () => {
    const planned = await actionScene(deployment({ containers: [guarded] })).plan(
      applying(containerWith({ image: 'shop/web:2', resources: { limits: { cpu: null } } })),
    );
    expect(planned.draft.operations).toHaveLength(1);
  });

  it('refuses finalizers, owners and a status', async () => {
    for (const metadata of [{ finalizers: ['a.b/c'] }, { ownerReferences: [] }, { uid: 'x' }]) {
      expect(await actionScene(namespace).refusal(applying({}, settings, metadata))).toContain('is not right');
    }
    expect(await actionScene(deployment()).refusal(applying({ status: { replicas: 9 } }))).toContain('is not right');
  });

  it('refuses to change what cannot be changed', async () => {
    const claim = named('v1', 'PersistentVolumeClaim', 'data');
    expect(await actionScene(object(claim, { spec: {} })).refusal(applying({ spec: {} }, claim))).toBe(
      'PersistentVolumeClaim shop/data exists, and most of a PersistentVolumeClaim cannot be changed.',
    );
  });

  it('makes nothing that could never be changed again', async () => {
    const scene = actionScene(namespace, object(settings, { data: { mode: 'slow' } }));
    expect(await scene.refusal(applying({ immutable: true }, settings))).toBe(
      'ConfigMap shop/settings could never be changed again, nor this be taken back.',
    );
    await actionScene(namespace).plan(applying({ immutable: true, data: { mode: 'fast' } }, settings));
  });

  it('says what pods get at, and what goes before others', async () => {
    const { draft } = await actionScene(deployment()).plan(
      applying(
        podSpec({
          priorityClassName: 'urgent',
          volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data-of-db' } }],
        }),
      ),
    );
    expect(draft.notes).toEqual(
      expect.arrayContaining([
        'The pods get at the data of PersistentVolumeClaim data-of-db, which they do not yet.',
        'The pods get the priority of urgent, and may push others off their nodes.',
      ]),
    );
  });

  it('says of a Service that it opens on every node', async () => {
    expect(
      (await actionScene(service()).plan(applying({ spec: { type: 'NodePort' } }, serviceName))).draft.notes,
    ).toContain('A Service of type NodePort is open on a port of every node.');
  });

  it('lets no volumes go with replicas', async () => {
    const spec = {
      persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    };
    expect(
      await actionScene(statefulSet({ spec })).refusal(applying({ spec: { replicas: 1 } }, statefulSetName)),
    ).toContain('The volumes of the pods that go would be deleted');
  });

  it('leaves a field to the manager that owns it', async () => {
    const scene = actionScene(
      namespace,
      object(
        settings,
        { data: { mode: 'slow' } },
        {
          managedFields: [
            {
              manager: 'helm',
              operation: 'Apply',
              apiVersion: 'v1',
              fieldsType: 'FieldsV1',
              fieldsV1: { 'f:data': { 'f:mode': {} } },
            },
          ],
        },
      ),
    );
    await expect(scene.carryOut(applying({ data: { mode: 'fast' } }, settings))).rejects.toMatchObject({
      code: 'cluster.conflict',
    });
    expect(fieldAt(await scene.get(settings), ['data', 'mode'])).toBe('slow');
  });
});
