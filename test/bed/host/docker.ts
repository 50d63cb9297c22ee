import { attempt, run, type CommandOptions, type CommandResult } from './command.ts';

/** A Docker engine, named by the environment that leads the client to it ({} is the machine's ordinary one). */
export type Docker = {
  env: Record<string, string>;
  own: boolean;
  run(args: readonly string[], options?: CommandOptions): Promise<string>;
  attempt(args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
};

/** Everything the bed creates carries this label, and clean-up removes only what carries it. */
export const LABEL = 'org.auto-devops.bed';

export function dockerAt(host: string | undefined): Docker {
  const env: Record<string, string> = host === undefined ? {} : { DOCKER_HOST: host };
  return {
    env,
    own: host !== undefined,
    run: (args, options = {}) => run('docker', args, { ...options, env: { ...env, ...options.env } }),
    attempt: (args, options = {}) => attempt('docker', args, { ...options, env: { ...env, ...options.env } }),
  };
}

export async function answers(docker: Docker): Promise<boolean> {
  return (await docker.attempt(['version', '--format', '{{.Server.Version}}'], { seconds: 15 })).code === 0;
}

export async function hasImage(docker: Docker, image: string): Promise<boolean> {
  return (await docker.attempt(['image', 'inspect', '--format', '{{.Id}}', image])).code === 0;
}

/** Builds a recipe's Dockerfile, or one stage of it; the classic builder is enough for all of them and needs no plug-in. */
export async function buildImage(
  docker: Docker,
  context: string,
  tags: readonly string[],
  values: Readonly<Record<string, string>> = {},
  stage?: string,
): Promise<void> {
  const names = tags.flatMap((tag) => ['--tag', tag]);
  const given = Object.entries(values).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  await docker.run(
    [
      'build',
      '--quiet',
      '--network',
      'none',
      '--label',
      `${LABEL}=image`,
      ...(stage === undefined ? [] : ['--target', stage]),
      ...names,
      ...given,
      context,
    ],
    {
      env: { DOCKER_BUILDKIT: '0' },
      seconds: 900,
      advice: `Read the recipe's Dockerfile; the build context is kept in ${context}.`,
    },
  );
}
