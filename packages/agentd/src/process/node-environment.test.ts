import { expect, it } from 'vitest';
import { nodeEnvironment } from './node-environment.ts';

const env = {
  PATH: '/bin',
  HOME: undefined,
  NODE_OPTIONS: '--inspect-brk',
  VSCODE_PID: '1',
  ELECTRON_NO_ATTACH_CONSOLE: '1',
};

it('Node is run as it is', () => {
  expect(nodeEnvironment(env, false)).toEqual({
    PATH: '/bin',
    NODE_OPTIONS: '--inspect-brk',
    VSCODE_PID: '1',
    ELECTRON_NO_ATTACH_CONSOLE: '1',
  });
});

it('Electron is told to be Node, and nothing of the editor around it', () => {
  expect(nodeEnvironment(env, true)).toEqual({ PATH: '/bin', ELECTRON_RUN_AS_NODE: '1' });
});
