import type { FailureKind } from './failure-kind.ts';

/** The form of a sentence by which programs of every kind tell of one kind of failure; `and` must be met besides. */
interface FailureForm {
  readonly kind: FailureKind;
  readonly form: RegExp;
  readonly and?: RegExp;
}

/** A refusal: without one, a server that names versions only tells what it does. */
const refusal =
  /\b(?:not|cannot|can't|unsupported|incompatible|unable|too (?:old|new|high|low)|refus\w+|abort\w*|fatal|fail\w*|downgrad\w+|requires?|required|first|but)\b/;

/** What a program says and goes on: that it was not told so gravely. */
const grave = /^(?!.*\b(?:warn|recommend|communit|trial|continu|skip|demo|basic))/;

/** Files that hold configuration, by their names. */
const settingsFile = String.raw`[\w./-]*(?:\.(?:conf|cfg|cnf|ya?ml|json|toml|xml|ini|properties|hcl|vcl|rules|config)|\b(?:caddyfile|corefile|pg_hba))`;

const servers =
  'postgres(?:ql)?|mysql|mariadb|redis|valkey|mongodb|elasticsearch|opensearch|kafka|rabbitmq|clickhouse|cassandra|etcd|vault|consul';

/** In this order; of a line in lower case. */
const forms: readonly FailureForm[] = [
  {
    kind: 'license',
    form: /\b(?:licen[cs]e agreement|end[- ]user licen[cs]e|eula|licen[cs]e terms)\b/,
    and: /\baccept/,
  },
  {
    kind: 'license',
    form: /\blicen[cs]e(?: key| file)?\b.{0,60}\b(?:expired|not valid|is invalid|is missing|is required|not found|could not be (?:found|verified|validated)|was rejected|exceeded)\b/,
    and: grave,
  },
  { kind: 'license', form: /\b(?:no valid|invalid|expired|missing|no) licen[cs]e\b/, and: grave },
  {
    kind: 'root-refused',
    form: /\b(?:can ?not|can't|must not|should not|shouldn't|not supposed to|refus\w+ to|not allowed to|do not|don't|never) (?:be )?(?:run|running|start\w*|execut\w+|launch\w*)\b.{0,60}\bas (?:the )?(?:root|superuser|uid 0)\b/,
    and: grave,
  },
  {
    kind: 'root-refused',
    form: /\b(?:running|run|execution)\b.{0,40}\bas root\b.{0,40}\b(?:not (?:allowed|permitted|supported)|forbidden|refused)\b|^"root" execution\b.{0,60}\bnot permitted\b/,
  },
  {
    kind: 'root-needed',
    form: /\bare you root\?|\b(?:must|needs? to|has to|have to|requires? to|can only) be (?:run|started|executed|root)\b.{0,40}\b(?:root|superuser)\b|\b(?:you )?(?:must|need to|have to) be (?:the )?root\b|\brequires? (?:root|superuser) (?:privileges?|permissions?|rights?|access)\b(?! as well)/,
  },
  {
    kind: 'memory-below-demand',
    form: /\brequires?\b.{0,60}\bat least \d[\d.,]* ?(?:bytes|[kmg]i?b|megabytes|gigabytes)\b.{0,30}\b(?:memory|ram)\b/,
  },
  { kind: 'memory-below-demand', form: /\bsystem memory\b.{0,40}\bmust be at least\b|\brequires more system memory\b/ },
  {
    kind: 'memory-below-demand',
    form: /\b(?:not enough|insufficient) (?:physical |available |system |total )?(?:memory|ram)\b.{0,80}\b(?:required|requires?|needs?|needed|minimum|at least)\b/,
  },
  { kind: 'version-of-dependency', form: /\bconnect(?:ing|ed) to [a-z]+ v?\d[\w.]*,.{0,60}\brequires?\b.{0,20}\d/ },
  {
    kind: 'version-of-dependency',
    form: new RegExp(
      String.raw`\b(?:${servers}) (?:server )?(?:version )?v?\d[\w.]* (?:is|are) (?:not|no longer) supported\b`,
    ),
  },
  {
    kind: 'version-of-dependency',
    form: /\b(?:unsupported (?:database|server|broker|cluster)(?: version)?|(?:server|database|broker|cluster) version)\b.{0,60}\d.{0,80}\b(?:unsupported|not supported|no longer supported|too old|too new|requires?|at least)\b|\bunsupported database: /,
  },
  // Without a reason behind it, which would say more.
  {
    kind: 'unreachable',
    form: /\b(?:could not|couldn't|unable to|failed to|cannot|can't) connect to (?!get\b)(?:[^:]|:\/\/){2,200}?(?:\.\s|\W*$)/,
    and: /^(?!.*(?:unix:|\.sock\b))/,
  },
  { kind: 'unreachable', form: /\b(?:port|host|server|endpoint|broker|address)\b.{0,60}\bis not reachable\b/ },
  { kind: 'version-of-dependency', form: /\bversion mismatch\b.{0,40}\b(?:cluster|server|peer|broker|remote)\b/ },
  { kind: 'data-of-another', form: /\b(?:database|data|schema|file|store|volume|index)\b.{0,100}\bfor a newer\b/ },
  {
    kind: 'data-of-another',
    form: /\b(?:database|data|store|schema|files?|volume|index|log|directory)\b.{0,120}\b(?:created|initiali[sz]ed|written|built|last used|made|formatted|upgraded)\b.{0,20}\b(?:by|with|to)\b.{0,60}(?:\b(?:newer|older|later|earlier|more recent|higher)\b|\bv?\d)/,
    and: refusal,
  },
  {
    kind: 'data-of-another',
    form: /\b(?:drive|disk|backend|data|store|volume)\b.{0,80}\bfound\b.{1,40}, ?expected\b|\bexpected format\b.{1,40}\bfound\b/,
  },
  {
    kind: 'data-of-another',
    form: /\bdowngrad\w*\b.{0,60}\b(?:not supported|not possible|not allowed|unsupported)\b|\b(?:cannot|can't|unable to) downgrade\b/,
  },
  {
    kind: 'data-of-another',
    form: /\brequired to upgrade to\b|\bmust (?:first )?(?:be )?upgraded? to\b|\bupgrade to\b.{0,60}\d.{0,40}\bfirst\b/,
  },
  {
    kind: 'data-setting',
    form: /\bdiffers from (?:the )?(?:previous|stored|existing|persisted|saved)\b|\b(?:does not|doesn't) match (?:the )?(?:stored|previous|existing|persisted|saved|data dictionary)\b/,
  },
  {
    kind: 'data-setting',
    form: /\bsaved [a-z]+ ?name .{1,80} != configured\b|\bdifferent lower_case_table_names settings\b|\bdata file .{1,80} is of a different size\b/,
  },
  {
    kind: 'configuration',
    form: new RegExp(
      String.raw`(?:^|[\s"'([=])(?:${settingsFile})["'\])]*(?::|,? \(?(?:on )?line:? |,? line number |:line )\d+`,
    ),
    and: /(?:error|unknown|unrecogni[sz]ed|unexpected|invalid|not found|missing|parsing|syntax|expect|fail|undefined|duplicate|illegal|line \d+ pos)/,
  },
  {
    kind: 'configuration',
    form: /\bsyntax error\b.{0,60}\b(?:on|at|in) line \d+|\bexpected\b.{0,160}\bat line \d+, column \d+|\bmismatched tag\b|\blinenumber: \d+; columnnumber: \d+/,
  },
  {
    kind: 'runtime-version',
    form: /(?<![\w-])[a-z][\w-]* \(?v?\d[\w.]*\)? or (?:higher|newer|later|greater|above) (?:is )?required\b/,
  },
  {
    kind: 'configuration',
    form: /\b(?:unknown|unrecogni[sz]ed|undefined) (?:config(?:uration)? )?(?:keyword|directive|setting|section|receiver|stanza|block|instruction)\b|\b(?:unknown|unrecogni[sz]ed) (?:property|parameter|variable ['"])/,
  },
  { kind: 'configuration', form: /\bplease (?:configure|specify|set|provide|define|supply)\b(?! (?:correct|valid)\b)/ },
];

const longest = 600;
/** What PostgreSQL and its like add to the line before. */
const addition = /\b(?:detail|hint): /;

/** The kind of failure that a line tells of by its form, whatever the program. */
export function failureFormOf(lower: string): FailureKind | undefined {
  const begin = lower.slice(0, longest);
  if (addition.test(begin)) return undefined;
  return forms.find(({ form, and }) => form.test(begin) && (and === undefined || and.test(begin)))?.kind;
}
