import type { Plugin } from 'esbuild';

/** zod carries its messages in fifty languages; ours are English, and every program would load the rest. */
export const englishOnly: Plugin = {
  name: 'english-only',
  setup: (context) => {
    context.onResolve({ filter: /locales\/index\.js$/ }, (args) =>
      args.importer.includes('zod') ? { path: 'zod-locales', namespace: 'english-only' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'english-only' }, () => ({ contents: 'export {}', loader: 'js' }));
  },
};

/** What is imported by such a name is asked for by `require`, when the module that imports it is run. */
export function requiredOnDemand(wanted: RegExp): Plugin {
  return {
    name: 'required-on-demand',
    setup: (context) => {
      context.onResolve({ filter: wanted }, ({ kind, path }) =>
        kind === 'import-statement' ? { path, namespace: 'required-on-demand' } : undefined,
      );
      context.onLoad({ filter: /.*/, namespace: 'required-on-demand' }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)});`,
        loader: 'js',
      }));
    },
  };
}

/**
 * An ES import of one of these reads every one of its exports, and some of them load much: all of fetch for node:http,
 * streams for node:fs. Asked for by `require` they load what is used.
 */
export const builtInsOnDemand = requiredOnDemand(/^node:(http|fs|tls|util)$/);

/** CommonJS packages inside of a bundle ask for `require` where they need Node's own modules. Making one takes time, and most files of a bundle ask for none. */
export const requireBanner =
  "import{createRequire as autodevopsRequire}from'node:module';let autodevopsRequired;const require=(id)=>(autodevopsRequired??=autodevopsRequire(import.meta.url))(id);";
