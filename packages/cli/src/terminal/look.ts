/** How a text is to look. Renderers get one and read nothing else of the terminal. */
export interface Look {
  /** Width in columns to wrap at. */
  readonly columns: number;
  /** Lines of one screen; undefined where there is no screen to fill (a pipe, a file). */
  readonly rows: number | undefined;
  readonly colour: boolean;
  /** Symbols beyond ASCII may be used. */
  readonly unicode: boolean;
}

/** What is known of a stream and its surroundings. */
export interface TerminalFacts {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

const widest = 120;
const narrowest = 40;
const withoutTerminal = 100;

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** https://no-color.org and FORCE_COLOR as Node reads it; a flag outranks both. */
function wantsColour(facts: TerminalFacts, flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  const { env } = facts;
  if (isSet(env['NO_COLOR'])) return false;
  if (env['FORCE_COLOR'] !== undefined) return !['0', 'false'].includes(env['FORCE_COLOR']);
  return facts.isTTY && env['TERM'] !== 'dumb';
}

/** Windows consoles without a modern terminal, dumb terminals and locales that are not UTF-8 get ASCII. */
function knowsUnicode({ env, platform }: TerminalFacts): boolean {
  if (env['TERM'] === 'dumb') return false;
  if (platform === 'win32') {
    return isSet(env['WT_SESSION']) || isSet(env['TERM_PROGRAM']) || env['TERM'] === 'xterm-256color';
  }
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return locale === '' || /utf-?8/i.test(locale);
}

/** The look that fits a stream; `colour` is what a flag says, if one was given. */
export function lookFor(facts: TerminalFacts, colour?: boolean): Look {
  const asked = Number.parseInt(facts.env['COLUMNS'] ?? '', 10);
  const known = Number.isFinite(asked) && asked > 0 ? asked : (facts.columns ?? withoutTerminal);
  return {
    columns: Math.min(widest, Math.max(narrowest, known)),
    rows: facts.isTTY ? (facts.rows ?? 24) : undefined,
    colour: wantsColour(facts, colour),
    unicode: knowsUnicode(facts),
  };
}
