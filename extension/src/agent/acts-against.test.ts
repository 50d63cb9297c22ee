import { expect, it } from 'vitest';
import { actsAgainst, isOfAgent } from './acts-against.ts';

it.each([
  ['kubeconfig.no-context', 'autodevops.cluster.switch'],
  ['kubeconfig.invalid', 'autodevops.doctor'],
  ['config.invalid', 'autodevops.local.openConfig'],
  ['cluster.unreachable', 'autodevops.refresh'],
  ['agent.unreachable', 'autodevops.agent.restart'],
] as const)('against %s the first that is offered is %s', (code, command) => {
  expect(actsAgainst({ code })[0]?.command).toBe(command);
});

it.each([
  ['agent.unreachable', true],
  ['internal', true],
  ['cluster.certificate-expired', false],
  ['kubeconfig.invalid', false],
  ['config.invalid', false],
  ['usage', false],
] as const)('whether %s is a failure of the agent itself: %s', (code, is) => {
  expect(isOfAgent({ code })).toBe(is);
});
